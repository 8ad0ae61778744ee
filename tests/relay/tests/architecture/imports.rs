//! Cycles of files: imports between the files of a crate, re-exports followed to the defining file. Imports
//! between a module and its descendants are exempt, and test modules are left out.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, VecDeque};

use super::crates::Crate;
use super::sources::SourceFile;
use super::{Rule, Violation};

/// Re-exports followed for one import.
const MAX_REEXPORTS: usize = 8;

/// Files that import each other in a cycle, each with its shortest cycle.
pub(super) fn file_cycles(crates: &[Crate]) -> Vec<Violation> {
    crates.iter().flat_map(cycles_of).collect()
}

fn cycles_of(this_crate: &Crate) -> Vec<Violation> {
    let graph = Graph::new(&this_crate.files);
    let cycles = (0..this_crate.files.len()).filter_map(|file| graph.shortest_cycle(file));
    cycles
        .map(|cycle| {
            let steps: Vec<_> = cycle
                .iter()
                .map(|(file, line)| format!("{}:{line}", this_crate.files[*file].path))
                .collect();
            let (start, line) = cycle[0];
            let file = &this_crate.files[start].path;
            Violation {
                rule: Rule::FileCycle,
                file: file.clone(),
                line,
                message: format!("imports itself in a cycle: {} → {file}", steps.join(" → ")),
            }
        })
        .collect()
}

/// Import graph of a crate. A file is its index in `files`.
struct Graph<'a> {
    files: &'a [SourceFile],
    /// The file of each module path.
    by_module: HashMap<&'a [String], usize>,
    /// For each file the files it imports, each with the first line that does.
    imports: Vec<BTreeMap<usize, usize>>,
}

impl<'a> Graph<'a> {
    fn new(files: &'a [SourceFile]) -> Self {
        let numbered = files.iter().enumerate();
        let mut this = Self {
            files,
            by_module: numbered
                .map(|(number, file)| (&*file.module, number))
                .collect(),
            imports: Vec::new(),
        };
        this.imports = (0..files.len()).map(|file| this.imports_of(file)).collect();
        this
    }

    /// Files that a file imports, ancestors and descendants left out, each with the first line that does.
    fn imports_of(&self, file: usize) -> BTreeMap<usize, usize> {
        let importer = &self.files[file].module;
        let mut imports = BTreeMap::new();
        for mention in &self.files[file].mentions {
            let path = absolute(&mention.segments, &mention.module);
            let Some(target) = path.and_then(|path| self.defining_file(&path)) else {
                continue;
            };
            let other = &self.files[target].module;
            if !importer.starts_with(other) && !other.starts_with(importer) {
                imports.entry(target).or_insert(mention.line);
            }
        }
        imports
    }

    /// The file that defines the item at an absolute path.
    fn defining_file(&self, path: &[String]) -> Option<usize> {
        let mut path = path.to_vec();
        for _ in 0..MAX_REEXPORTS {
            let (file, length) = (0..=path.len())
                .rev()
                .find_map(|length| Some((*self.by_module.get(&path[..length])?, length)))?;
            let reexport = path.get(length).and_then(|name| {
                let imports = &self.files[file].imports;
                imports.iter().find(|import| import.name == *name)
            });
            let target = reexport.and_then(|import| {
                self.absolute_import(&import.segments, &self.files[file].module)
            });
            match target {
                Some(target) if target != path[..=length] => {
                    path = [target, path[length + 1..].to_vec()].concat();
                }
                _ => return Some(file),
            }
        }
        None
    }

    /// Absolute path of an import, which may start with a child module of the file.
    fn absolute_import(&self, segments: &[String], module: &[String]) -> Option<Vec<String>> {
        let child = [module, &segments[..1]].concat();
        if self.by_module.contains_key(&child[..]) {
            return Some([module, segments].concat());
        }
        absolute(segments, module)
    }

    /// The shortest cycle through a file: each file with the line that imports the next one.
    fn shortest_cycle(&self, start: usize) -> Option<Vec<(usize, usize)>> {
        let mut reached_from = HashMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(file) = queue.pop_front() {
            for (&next, &line) in &self.imports[file] {
                if next == start {
                    let mut cycle = vec![(file, line)];
                    let mut reached = file;
                    while let Some(&(before, line)) = reached_from.get(&reached) {
                        cycle.push((before, line));
                        reached = before;
                    }
                    cycle.reverse();
                    return Some(cycle);
                }
                if let Entry::Vacant(entry) = reached_from.entry(next) {
                    entry.insert((file, line));
                    queue.push_back(next);
                }
            }
        }
        None
    }
}

/// Absolute path of `segments` mentioned in `module`; `None` when it leads out of the crate.
fn absolute(segments: &[String], module: &[String]) -> Option<Vec<String>> {
    let mut module = module.to_vec();
    let mut segments = segments.iter();
    match segments.next()?.as_str() {
        "crate" => module.clear(),
        "self" => {}
        "super" => drop(module.pop()?),
        _ => return None,
    }
    for segment in segments {
        match segment.as_str() {
            "super" => drop(module.pop()?),
            name => module.push(name.to_owned()),
        }
    }
    Some(module)
}

#[cfg(test)]
fn cycles(files: &[(&str, &str)]) -> Vec<String> {
    let this_crate = Crate::made_up("app/x", &[], files);
    let found = file_cycles(&[this_crate]);
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn a_cycle_of_two_files_names_both_lines() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "\nuse crate::b::B;\npub struct A;"),
        ("b.rs", "pub struct B(super::a::A);"),
    ];
    assert_eq!(
        cycles(&files),
        [
            "app/x/src/a.rs:2: imports itself in a cycle: app/x/src/a.rs:2 → app/x/src/b.rs:1 → app/x/src/a.rs",
            "app/x/src/b.rs:1: imports itself in a cycle: app/x/src/b.rs:1 → app/x/src/a.rs:2 → app/x/src/b.rs",
        ]
    );
}

#[test]
fn a_cycle_of_three_files_and_one_through_a_reexport_are_found() {
    let three = [
        ("a.rs", "use crate::b::B;"),
        ("b.rs", "fn f() { m!(crate::c::g()) }"),
        ("c.rs", "use crate::a as other;"),
    ];
    assert_eq!(cycles(&three).len(), 3);
    let reexport = [
        ("a.rs", "mod one; mod two; pub use one::One;"),
        ("a/one.rs", "use super::two::Two; pub struct One;"),
        ("a/two.rs", "use super::One; pub struct Two;"),
    ];
    assert_eq!(cycles(&reexport).len(), 2);
}

#[test]
fn imports_of_descendants_of_tests_and_of_one_way_are_no_cycle() {
    let files = [
        ("lib.rs", "mod a; use a::b::B; pub struct X;"),
        ("a.rs", "mod b; use self::b::B; pub struct A;"),
        (
            "a/b.rs",
            "use super::A; use crate::X; use crate::c::C; pub struct B;",
        ),
        (
            "c.rs",
            "pub struct C; #[cfg(test)] mod tests { use crate::a::b::B; }",
        ),
    ];
    assert_eq!(cycles(&files), [""; 0]);
}
