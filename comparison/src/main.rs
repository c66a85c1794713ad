//! The times of this library beside those of the libraries that do a part of the same work.
//!
//! `cargo run --release --ignore-rust-version --manifest-path comparison/Cargo.toml [CASE]` prints them as a table of
//! Markdown: medians of the processor time of this process, of rounds in which all take turns. `--profile thin` in place
//! of `--release` measures with link-time optimisation. A case is chosen by a part of its name. `growth` prints how the
//! times of this library grow, and `run CASE PROGRAM COUNT` runs one program of one case alone, for callgrind.
//!
//! The newest versions are measured, some of which ask for a newer compiler than they need.
//!
//! Before it is measured, each program has to find what is to be found in the message of its case.

#[path = "../../benches/support/deployed.rs"]
#[expect(clippy::unwrap_used, reason = "made up for benches")]
mod deployed;
#[path = "../../benches/support/envelope.rs"]
mod envelope;
mod growth;
#[path = "../../benches/support/mail.rs"]
mod mail;
mod mm1;
mod mm4;
mod mm7;
#[path = "../../benches/support/noise.rs"]
mod noise;

use std::env;
use std::time::Duration;

use cpu_time::ProcessTime;

/// The same work, done by several programs.
struct Case {
    name: String,
    /// The least that each program has to return: octets of content that were found or written.
    found: usize,
    programs: Vec<Program>,
}

/// What does the work. The first of a case is this library.
struct Program {
    name: &'static str,
    run: Box<dyn Fn() -> usize>,
}

impl Case {
    fn new(name: impl Into<String>, found: usize, run: impl Fn() -> usize + 'static) -> Self {
        Self { name: name.into(), found, programs: Vec::new() }.beside(OURS, run)
    }

    fn beside(mut self, name: &'static str, run: impl Fn() -> usize + 'static) -> Self {
        self.programs.push(Program { name, run: Box::new(run) });
        self
    }
}

const OURS: &str = "mms-codec";
const ROUNDS: usize = 31;
/// How long a program runs in a round.
const TURN: Duration = Duration::from_millis(4);

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let cases = [mm1::cases(), mm4::cases(), mm7::cases()].into_iter().flatten();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        ["run", case, program, count] => run(cases, case, program, count.parse().unwrap_or(1)),
        ["growth"] => growth::print(),
        _ => table(cases.filter(|case| case.name.contains(arguments.first().unwrap_or(&"")))),
    }
}

fn run(mut cases: impl Iterator<Item = Case>, case: &str, program: &str, count: usize) {
    let case = cases.find(|known| known.name == case);
    let program = case.iter().flat_map(|case| &case.programs).find(|known| known.name == program);
    for _ in 0..count {
        program.map(|program| (program.run)());
    }
}

fn table(cases: impl Iterator<Item = Case>) {
    println!("| | mms-codec | Others |\n|---|---|---|");
    for case in cases {
        let mut times = medians(&case).into_iter();
        let ours = times.next().unwrap_or_default();
        let others = case.programs.iter().skip(1).zip(times);
        let others = others.map(|(program, time)| format!("{} {} ({:.2})", program.name, shown(time), time / ours));
        println!("| {} | {} | {} |", case.name, shown(ours), others.collect::<Vec<_>>().join(", "));
    }
}

/// Nanoseconds of each program.
fn medians(case: &Case) -> Vec<f64> {
    let counts: Vec<u32> = case.programs.iter().map(|program| count(case, program)).collect();
    let mut times = vec![Vec::new(); counts.len()];
    for _ in 0..ROUNDS {
        for ((program, count), times) in case.programs.iter().zip(&counts).zip(&mut times) {
            times.push(time(program, *count).as_secs_f64() * 1e9 / f64::from(*count));
        }
    }
    times.into_iter().map(median).collect()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// How often a program can run in its turn.
fn count(case: &Case, program: &Program) -> u32 {
    let found = (program.run)();
    assert!(found >= case.found, "{} finds {found} of {} octets: {}", program.name, case.found, case.name);
    let mut count = 1;
    while time(program, count) < TURN {
        count *= 2;
    }
    count
}

fn time(program: &Program, count: u32) -> Duration {
    let start = ProcessTime::now();
    for _ in 0..count {
        (program.run)();
    }
    start.elapsed()
}

fn shown(nanoseconds: f64) -> String {
    match nanoseconds {
        ..1e4 => format!("{nanoseconds:.0} ns"),
        ..1e7 => format!("{:.1} us", nanoseconds / 1e3),
        _ => format!("{:.1} ms", nanoseconds / 1e6),
    }
}
