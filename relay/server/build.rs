//! Embeds the built app: each file of `dist/` is compressed once, at the best level, and listed in the table
//! that `http/static_files` serves. Written by hand, because each file is kept in
//! brotli and in gzip, with an entity tag. Without `dist/` the table is empty, and the relay serves a notice instead.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// Bytes of a file's SHA-256 that make its entity tag.
const TAG_BYTES: usize = 12;
/// File types worth compressing; pictures and fonts are compressed already.
const COMPRESSIBLE_EXTENSIONS: [&str; 9] = [
    "html",
    "js",
    "css",
    "wasm",
    "json",
    "svg",
    "webmanifest",
    "txt",
    "map",
];

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let dist = env::var("YOBIRIN_DIST").map_or_else(|_| manifest.join("../../dist"), PathBuf::from);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    println!("cargo:rerun-if-env-changed=YOBIRIN_DIST");
    println!("cargo:rerun-if-changed={}", dist.display());
    println!("cargo:rerun-if-changed=build.rs");

    let mut files = Vec::new();
    if dist.is_dir() {
        collect_files(&dist, &mut files)?;
    }
    files.sort();
    let mut table = String::from("static FILES: &[File] = &[\n");
    for (number, file) in files.iter().enumerate() {
        println!("cargo:rerun-if-changed={}", file.display());
        write_entry(&mut table, &dist, file, &out.join(number.to_string()))?;
    }
    table.push_str("];\n");
    let mut hashes = std::collections::BTreeSet::new();
    for page in files
        .iter()
        .filter(|file| file.extension().is_some_and(|kind| kind == "html"))
    {
        let page = fs::read_to_string(page)?;
        hashes.extend(inline_scripts(&page).map(|script| {
            let hash = STANDARD.encode(Sha256::digest(script.as_bytes()));
            format!(" 'sha256-{hash}'")
        }));
    }
    let hashes: String = hashes.into_iter().collect();
    // Writing into a string cannot fail.
    let _ = writeln!(table, "static SCRIPT_HASHES: &str = {hashes:?};");
    fs::write(out.join("files.rs"), table)
}

fn collect_files(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect_files(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn write_entry(table: &mut String, dist: &Path, file: &Path, stem: &Path) -> io::Result<()> {
    let bytes = fs::read(file)?;
    let path = file
        .strip_prefix(dist)
        .map_err(io::Error::other)?
        .to_string_lossy();
    let path = format!("/{}", path.replace('\\', "/"));
    let tag = hex::encode(&Sha256::digest(&bytes)[..TAG_BYTES]);
    let extension = file.extension().unwrap_or_default().to_string_lossy();
    let is_compressible = COMPRESSIBLE_EXTENSIONS.contains(&extension.as_ref());
    // Writing into a string cannot fail.
    let _ = write!(table, "    File {{ path: {path:?}, tag: {tag:?}, ");
    let _ = write!(table, "plain: include_bytes!({:?}), ", file.canonicalize()?);
    for (field, compressed) in [("brotli", brotli(&bytes)?), ("gzip", gzip(&bytes)?)] {
        if is_compressible && compressed.len() < bytes.len() {
            let target = stem.with_extension(field);
            fs::write(&target, compressed)?;
            let _ = write!(table, "{field}: Some(include_bytes!({target:?})), ");
        } else {
            let _ = write!(table, "{field}: None, ");
        }
    }
    table.push_str("},\n");
    Ok(())
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    // The best quality takes seconds for a large wasm file, so development builds skip it. 22 is the largest window.
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let quality = if is_release { 11 } else { 5 };
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, quality, 22);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}

/// Returns the contents of inline scripts, which the content security policy allows by their hashes.
fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=") && !script.is_empty()).then_some(script)
    })
}
