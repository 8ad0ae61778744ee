//! The workspace's crates: manifests by `cargo metadata`, and parsed sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::sources::SourceFile;

/// A crate with the sources that are not test-only.
#[derive(Clone, Debug, Default)]
pub(super) struct Crate {
    pub(super) name: String,
    /// Folder from the workspace's root.
    pub(super) folder: String,
    /// Normal and build dependencies; dev-dependencies are left out.
    pub(super) dependencies: Vec<Dependency>,
    /// Cargo features, each with the features and dependencies that it enables.
    pub(super) features: BTreeMap<String, Vec<String>>,
    pub(super) files: Vec<SourceFile>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Dependency {
    pub(super) name: String,
    #[serde(default)]
    pub(super) optional: bool,
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
    features: BTreeMap<String, Vec<String>>,
}

impl Crate {
    /// Path of the manifest from the workspace's root.
    pub(super) fn manifest(&self) -> String {
        format!("{}/Cargo.toml", self.folder)
    }

    /// Paths of the modules whose declaration `is_selected`.
    pub(super) fn modules_where(
        &self,
        is_selected: impl Fn(&super::sources::ModuleDeclaration) -> bool,
    ) -> BTreeSet<Vec<String>> {
        let declared = self.files.iter().flat_map(|file| {
            file.declared
                .iter()
                .filter(|declaration| is_selected(declaration))
                .map(|declaration| {
                    [&file.module[..], std::slice::from_ref(&declaration.name)].concat()
                })
        });
        declared.collect()
    }
}

/// True when the module is one of these or a descendant of one.
pub(super) fn is_within(module: &[String], modules: &BTreeSet<Vec<String>>) -> bool {
    modules.iter().any(|selected| module.starts_with(selected))
}

/// Reads every workspace member below these folders, such as `app/`.
pub(super) fn read_members(parents: &[&str]) -> Vec<Crate> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = root.canonicalize().unwrap();
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(&root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let metadata: Metadata = serde_json::from_slice(&output.stdout).unwrap();
    let crates = metadata.packages.into_iter().filter_map(|package| {
        let folder = package.manifest_path.parent().unwrap();
        let folder = folder.strip_prefix(&root).unwrap().to_str().unwrap();
        let is_read = parents.iter().any(|parent| folder.starts_with(parent));
        is_read.then(|| read_crate(&root, folder, &package))
    });
    crates.collect()
}

fn read_crate(root: &Path, folder: &str, package: &Package) -> Crate {
    let mut paths = Vec::new();
    collect_sources(&root.join(folder).join("src"), &mut paths);
    let files = paths.iter().map(|path| {
        let text = fs::read_to_string(path).unwrap();
        let path = path.strip_prefix(root).unwrap().to_str().unwrap();
        SourceFile::parse(folder, path, &text)
    });
    let mut this = Crate {
        name: package.name.clone(),
        folder: folder.to_owned(),
        dependencies: package.dependencies.clone(),
        features: package.features.clone(),
        files: files.collect(),
    };
    this.drop_tests();
    this
}

fn collect_sources(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_sources(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
    paths.sort();
}

impl Crate {
    fn drop_tests(&mut self) {
        let tests = self.modules_where(|declared| declared.is_test);
        self.files.retain(|file| !is_within(&file.module, &tests));
        self.dependencies
            .retain(|dependency| dependency.kind.as_deref() != Some("dev"));
    }

    /// A made-up crate for tests of the rules: files by path below `src`, with their text.
    #[cfg(test)]
    pub(super) fn made_up(folder: &str, dependencies: &[&str], files: &[(&str, &str)]) -> Self {
        let mut this = Self {
            name: format!("yobirin-{}", folder.rsplit('/').next().unwrap()),
            folder: folder.to_owned(),
            dependencies: dependencies
                .iter()
                .map(|name| Dependency {
                    name: (*name).to_owned(),
                    optional: false,
                    kind: None,
                })
                .collect(),
            features: BTreeMap::new(),
            files: files
                .iter()
                .map(|(path, text)| {
                    SourceFile::parse(folder, &format!("{folder}/src/{path}"), text)
                })
                .collect(),
        };
        this.drop_tests();
        this
    }
}

#[test]
fn test_only_files_and_dev_dependencies_are_left_out() {
    let files = [
        (
            "lib.rs",
            "mod a;\n#[cfg(test)]\nmod tests;\n#[cfg(test)]\nmod b;",
        ),
        ("a.rs", ""),
        ("tests.rs", ""),
        ("tests/more.rs", ""),
        ("b.rs", ""),
    ];
    let this_crate = Crate::made_up("app/x", &[], &files);
    let paths: Vec<_> = this_crate.files.iter().map(|file| &*file.path).collect();
    assert_eq!(paths, ["app/x/src/lib.rs", "app/x/src/a.rs"]);
}
