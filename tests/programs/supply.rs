//! The dependencies are what `deny.toml` allows, also where `cargo deny` is not installed.

use alloc::collections::{BTreeMap, BTreeSet};
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

#[test]
fn dependencies_are_what_is_allowed() {
    let arguments = ["metadata", "--format-version", "1", "--all-features", "--offline", "--locked"];
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

    let (allowed, skipped) = (list("allow"), list("skip"));
    let mut versions = BTreeMap::<&str, BTreeSet<&str>>::new();
    for package in found.iter().map(|id| packages[id]) {
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
