//! Runs mutated seeds, and what `fuzz/run` found, through the targets, one target on each core, without the coverage
//! that libFuzzer measures: several times as many executions a second. Prints a row of a table for each target, and
//! puts the inputs that fail into `fuzz/artifacts`.
//!
//! ```sh
//! cargo run --release --manifest-path fuzz/Cargo.toml --example without_coverage -- SECONDS SEED [TARGET...]
//! ```

use std::env;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use mms_codec::fuzz::{Syntax, Target, mutate};

/// Seeds that are longer cost more than they find.
const LONGEST: usize = 1024;
/// Executions between two looks at the clock.
const ROUND: u64 = 64;
/// Failing inputs of one target that are kept.
const KEPT: u64 = 20;

fn main() {
    let mut arguments = env::args().skip(1);
    let mut number = || arguments.next().and_then(|argument| argument.parse::<u64>().ok());
    let (Some(seconds), Some(seed)) = (number(), number()) else {
        panic!("usage: without_coverage SECONDS SEED [TARGET...]");
    };
    let mut targets: Vec<Target> = arguments.map(|name| name.parse().expect("the name of a target")).collect();
    if targets.is_empty() {
        targets = Target::ALL.to_vec();
    }
    targets.reverse();
    let queue = Mutex::new(targets);
    panic::set_hook(Box::new(|_| {}));
    println!("| Target | Executions | Time | Failing inputs |\n|---|---|---|---|");
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(target) = next_of(&queue) {
                    let (executions, failed) = run(target, Duration::from_secs(seconds), seed);
                    println!("| `{}` | {executions} | {seconds} s | {failed} |", target.name());
                }
            });
        }
    });
}

fn next_of(queue: &Mutex<Vec<Target>>) -> Option<Target> {
    queue.lock().expect("no thread panics while it holds the queue").pop()
}

/// How many inputs the target was given in this time, and how many of them failed.
fn run(target: Target, time: Duration, seed: u64) -> (u64, u64) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut inputs = seeds(&root.join("../seeds").join(target.name()));
    let found = root.join("corpus").join(target.name());
    if found.is_dir() {
        inputs.extend(seeds(&found));
    }
    let syntax = target.syntax();
    // The input of another seed differs from the first on.
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (mut executions, mut failed) = (0, 0);
    let start = Instant::now();
    while start.elapsed() < time {
        for _ in 0..ROUND {
            let input = changed(&inputs, syntax, &mut random);
            executions += 1;
            if panic::catch_unwind(AssertUnwindSafe(|| target.run(&input))).is_err() {
                failed += 1;
                if failed <= KEPT {
                    keep(&root.join("artifacts").join(target.name()), &format!("seed-{seed}-{executions}"), &input);
                }
            }
        }
    }
    (executions, failed)
}

fn seeds(folder: &Path) -> Vec<Vec<u8>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder of seeds").map(|entry| entry.expect("an entry").path()).collect();
    // The order of a folder is not that of its names, and the same seed has to give the same inputs.
    files.sort();
    let mut seeds: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).expect("a seed")).collect();
    for seed in &mut seeds {
        seed.truncate(LONGEST);
    }
    seeds
}

/// One of the seeds with changes of its pieces, of a few octets, or of both.
fn changed(seeds: &[Vec<u8>], syntax: Option<Syntax>, random: &mut Random) -> Vec<u8> {
    let one = &seeds[random.below(seeds.len())];
    let mut input = match syntax {
        Some(syntax) if random.below(4) > 0 => {
            mutate(syntax, one, &seeds[random.below(seeds.len())], random.next(), LONGEST)
        }
        _ => one.clone(),
    };
    for _ in 0..random.below(5) {
        if input.is_empty() {
            break;
        }
        let at = random.below(input.len());
        let octet = random.next().to_le_bytes()[0];
        match random.below(4) {
            0 => input[at] = octet,
            1 => drop(input.remove(at)),
            2 => input.insert(at, octet),
            _ => input[at] ^= 1 << (octet % 8),
        }
    }
    input
}

fn keep(folder: &Path, name: &str, input: &[u8]) {
    fs::create_dir_all(folder).expect("a folder for inputs that fail");
    fs::write(folder.join(name), input).expect("the input is written");
}

/// Xorshift of 64 bits, whose state is never 0.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        (self.next() >> 16) as usize % end
    }
}
