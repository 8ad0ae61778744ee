//! File type check by file name extension and first bytes, before decoding.

use super::encoding::Encoding;

/// Accepted file name extensions.
pub const EXTENSIONS: [&str; 4] = ["csv", "tsv", "txt", "json"];

/// Why a file is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileTypeError {
    /// The extension is none of [`EXTENSIONS`].
    UnsupportedExtension,
    /// The file is a spreadsheet workbook (xls or xlsx); it has to be saved as CSV.
    Workbook,
    /// The file is a PDF, image, HTML page or another file without lines of text.
    NotText,
}

/// Magic numbers of rejected file types.
const MAGIC_NUMBERS: [(&[u8], FileTypeError); 10] = [
    (b"PK\x03\x04", FileTypeError::Workbook),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileTypeError::Workbook),
    (b"%PDF-", FileTypeError::NotText),
    (b"\x89PNG", FileTypeError::NotText),
    (b"\xff\xd8\xff", FileTypeError::NotText),
    (b"GIF8", FileTypeError::NotText),
    (b"RIFF", FileTypeError::NotText),
    (b"\x1f\x8b", FileTypeError::NotText),
    (b"Rar!", FileTypeError::NotText),
    (b"7z\xbc\xaf\x27\x1c", FileTypeError::NotText),
];

/// Checks a file by its name and content.
///
/// # Errors
/// The reason for the rejection.
pub fn check(name: &str, bytes: &[u8]) -> Result<(), FileTypeError> {
    let known = MAGIC_NUMBERS
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic));
    if let Some((_, error)) = known {
        return Err(*error);
    }
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if !EXTENSIONS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(extension))
    {
        return Err(FileTypeError::UnsupportedExtension);
    }
    let start = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let is_html = start.starts_with(b"<");
    let is_utf16 = matches!(Encoding::of(bytes), Encoding::Utf16Le | Encoding::Utf16Be);
    let is_binary = !is_utf16 && bytes.iter().take(4096).filter(|byte| **byte == 0).count() > 8;
    if is_html || is_binary || is_utf16 && !has_separators(bytes) {
        return Err(FileTypeError::NotText);
    }
    Ok(())
}

/// True for UTF-16 in either byte order with a line break or separator near its start. Binary files, which contain
/// many zeros too, have none.
fn has_separators(bytes: &[u8]) -> bool {
    let pairs = bytes.chunks_exact(2).take(4096);
    let separators = [b'\n', b'\r', b',', b'\t', b';'];
    let mut found =
        pairs.filter(|pair| matches!(pair, [0, low] | [low, 0] if separators.contains(low)));
    found.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_accepted_in_every_encoding() {
        let utf16: Vec<u8> = "名前,部署\r\n佐藤,総務\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for bytes in [
            b"" as &[u8],
            b"name,group\r\nSato,Sales\r\n",
            "\u{feff}名前\r\n佐藤\r\n".as_bytes(),
            b"\x96\xbc\x91\x4f\r\n",
            b"a\x1a",
            b"{\"version\":1}",
            &utf16,
        ] {
            assert_eq!(check("list.CSV", bytes), Ok(()), "{bytes:x?}");
        }
    }

    #[test]
    fn the_content_takes_precedence_over_the_file_name() {
        let executable = [&b"\x7fELF\x02\x01\x01"[..], &[0; 64], b"text"].concat();
        for (name, bytes, why) in [
            (
                "list.csv",
                &b"PK\x03\x04\x14\x00"[..],
                FileTypeError::Workbook,
            ),
            ("list.xlsx", b"PK\x03\x04\x14\x00", FileTypeError::Workbook),
            (
                "list.csv",
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
                FileTypeError::Workbook,
            ),
            ("list.csv", b"%PDF-1.7", FileTypeError::NotText),
            ("list.csv", b"\x89PNG\r\n", FileTypeError::NotText),
            (
                "list.csv",
                b"\xef\xbb\xbf <!doctype html>",
                FileTypeError::NotText,
            ),
            ("list.csv", &executable, FileTypeError::NotText),
            ("list.exe", b"name\n", FileTypeError::UnsupportedExtension),
            ("list", b"name\n", FileTypeError::UnsupportedExtension),
        ] {
            assert_eq!(check(name, bytes), Err(why), "{name} {bytes:x?}");
        }
    }
}
