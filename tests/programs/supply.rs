//! The dependencies are what `deny.toml` allows, also where `cargo deny` is not installed.

use alloc::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The strings of the list with this name.
fn list(name: &str) -> BTreeSet<String> {
    let configuration = include_str!("../../deny.toml");
    let start = format!("\n{name} = [");
    let list = configuration.split(&start).nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether every part of a licence expression has an alternative that is allowed.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let alternatives = |part: &str| -> Vec<String> {
        part.trim_matches(['(', ')']).replace('/', " OR ").split(" OR ").map(|name| name.trim().to_owned()).collect()
    };
    expression.split(" AND ").all(|part| alternatives(part).iter().any(|name| allowed.contains(name)))
}

/// The packages that a program with this library has.
fn dependencies() -> Vec<Value> {
    let arguments = ["metadata", "--format-version", "1", "--all-features", "--locked"];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages: BTreeMap<&str, &Value> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| (package["id"].as_str().unwrap(), package))
        .collect();
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (node["id"].as_str().unwrap(), node))
        .collect();

    // What a program with this library has.
    let mut found = BTreeSet::new();
    let mut waiting: Vec<&str> =
        packages.iter().filter(|(_, package)| package["name"] == "mms-codec").map(|(id, _)| *id).collect();
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            let dependencies = nodes[id]["deps"].as_array().unwrap().iter();
            let of_programs = dependencies.filter(|dependency| {
                dependency["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev")
            });
            waiting.extend(of_programs.map(|dependency| dependency["pkg"].as_str().unwrap()));
        }
    }
    assert!(found.len() > 20, "{found:?}");
    found.into_iter().map(|id| packages[id].clone()).collect()
}

#[test]
fn dependencies_are_what_is_allowed() {
    let found = dependencies();
    let (allowed, skipped) = (list("allow"), list("skip"));
    let mut versions = BTreeMap::<&str, BTreeSet<&str>>::new();
    for package in &found {
        let (name, version) = (package["name"].as_str().unwrap(), package["version"].as_str().unwrap());
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_allowed(licence, &allowed), "{name} has the licence {licence:?}");
        let source = package["source"].as_str().unwrap_or("registry+of this repository");
        assert!(source.starts_with("registry+"), "{name} comes from {source}");
        if !skipped.iter().any(|skipped| *skipped == format!("{name}@{}", version.split('.').next().unwrap())) {
            versions.entry(name).or_default().insert(version);
        }
    }
    let twice: Vec<_> = versions.iter().filter(|(_, versions)| versions.len() > 1).collect();
    assert!(twice.is_empty(), "in two versions: {twice:?}");
}

/// Whether a source file below the folder has a block, a function or an implementation that is `unsafe`.
fn has_unsafe(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
        if path.is_dir() {
            return has_unsafe(&path);
        }
        let source = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        let code = source.lines().map(|line| line.split("//").next().unwrap_or_default());
        let mut code = code.flat_map(|line| line.split("unsafe ").skip(1));
        code.any(|after| ["{", "fn ", "impl", "trait ", "extern "].iter().any(|start| after.starts_with(start)))
    })
}

/// Macros are not part of a program.
#[test]
fn dependencies_with_unsafe_are_listed() {
    let security = include_str!("../../SECURITY.md");
    let table = security.split("| Crate |").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap();
    let listed: BTreeSet<_> = table
        .lines()
        .filter_map(|row| row.split('|').nth(1))
        .flat_map(|names| names.split('`').skip(1).step_by(2))
        .collect();
    const OF_MACROS: [&str; 3] = ["proc-macro2", "syn", "unicode-ident"];
    let packages = dependencies();
    let found: BTreeSet<_> = packages
        .iter()
        .filter(|package| !package["targets"].to_string().contains("proc-macro"))
        .filter(|package| has_unsafe(&Path::new(package["manifest_path"].as_str().unwrap()).with_file_name("src")))
        .map(|package| package["name"].as_str().unwrap())
        .filter(|name| !OF_MACROS.contains(name))
        .collect();
    assert_eq!(found, listed);
}

/// The package has the seeds and the dictionary for fuzzers, and nothing that only this repository needs.
#[test]
fn the_package_has_the_seeds() {
    let arguments = ["package", "--list", "--allow-dirty", "--offline", "--package", "mms-codec"];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let list = String::from_utf8(output.stdout).unwrap();
    let files: BTreeSet<_> = list.lines().collect();
    for file in ["seeds/mms.dict", "src/fuzz.rs", "tests/programs/supply.rs", "SECURITY.md", "LICENSE-MIT"] {
        assert!(files.contains(file), "{file} is missing");
    }
    let targets = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")).unwrap();
    for target in targets.map(|entry| entry.unwrap()).filter(|entry| entry.file_type().unwrap().is_dir()) {
        let seeds = fs::read_dir(target.path()).unwrap().count();
        let folder = format!("seeds/{}/", target.file_name().display());
        assert_eq!(files.iter().filter(|file| file.starts_with(&folder)).count(), seeds, "{folder}");
    }
    const TOP: [&str; 19] = [
        ".cargo_vcs_info.json",
        ".gitignore",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "Cargo.toml.orig",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "SECURITY.md",
        "benches",
        "clippy.toml",
        "deny.toml",
        "examples",
        "rustfmt.toml",
        "seeds",
        "src",
        "tests",
    ];
    let top = files.iter().map(|file| file.split('/').next().unwrap());
    let others: BTreeSet<_> = top.filter(|name| !TOP.contains(name)).collect();
    assert!(others.is_empty(), "also in the package: {others:?}");
}
