//! File type check by first bytes and file name extension, before decoding.

use super::encoding::Encoding;

/// File name extensions that a text file may have: a list, or settings as JSON. Many programs give a list the extension
/// of a spreadsheet. A workbook may have any name: it is detected by its content.
pub const EXTENSIONS: [&str; 6] = ["csv", "tsv", "txt", "json", "xlsx", "xls"];

/// Type of an accepted file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    /// Lines of text: a list, or settings as JSON.
    Text,
    /// A workbook of a spreadsheet, such as xlsx or xlsm.
    Workbook,
}

/// Reason for rejecting a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileTypeError {
    /// The extension is none of [`EXTENSIONS`].
    UnsupportedExtension,
    /// A workbook of Excel 97 to 2003, or one with a password; it has to be saved as xlsx or CSV.
    OldWorkbook,
    /// A compressed archive; the list inside has to be extracted.
    Archive,
    /// A PDF file.
    Pdf,
    /// A picture.
    Picture,
    /// A web page, also one that is named like a workbook.
    WebPage,
    /// Another file without lines of text.
    NotText,
}

/// First bytes of rejected file types.
const MAGIC_NUMBERS: [(&[u8], FileTypeError); 11] = [
    (b"PK\x03\x04", FileTypeError::Archive),
    (b"PK\x05\x06", FileTypeError::Archive),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        FileTypeError::OldWorkbook,
    ),
    (b"%PDF-", FileTypeError::Pdf),
    (b"\x89PNG", FileTypeError::Picture),
    (b"\xff\xd8\xff", FileTypeError::Picture),
    (b"GIF8", FileTypeError::Picture),
    (b"RIFF", FileTypeError::Picture), // WebP
    (b"\x1f\x8b", FileTypeError::Archive),
    (b"Rar!", FileTypeError::Archive),
    (b"7z\xbc\xaf\x27\x1c", FileTypeError::Archive),
];

/// Number of code units at the start of a file that are examined: pairs of bytes in UTF-16, else bytes.
const EXAMINED_UNITS: usize = 4_096;
/// Maximum number of zero bytes among the examined bytes of a text. Texts have none but for the odd damaged cell of an
/// exported list; programs and pictures have hundreds.
const MAX_ZERO_BYTES: usize = 8;

/// Checks a file by its content, then by its name.
///
/// # Errors
/// The reason for the rejection.
pub fn check(name: &str, bytes: &[u8]) -> Result<FileType, FileTypeError> {
    if is_workbook(bytes) {
        return Ok(FileType::Workbook);
    }
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
    if start.starts_with(b"<") {
        return Err(FileTypeError::WebPage);
    }
    let is_utf16 = matches!(Encoding::of(bytes), Encoding::Utf16Le | Encoding::Utf16Be);
    let zeros = bytes.iter().take(EXAMINED_UNITS).filter(|byte| **byte == 0);
    let is_binary = !is_utf16 && zeros.count() > MAX_ZERO_BYTES;
    if is_binary || is_utf16 && !has_separators(bytes) {
        return Err(FileTypeError::NotText);
    }
    Ok(FileType::Text)
}

/// True for a zip archive that names `xl/workbook.xml`, as xlsx files do.
fn is_workbook(bytes: &[u8]) -> bool {
    let name = b"xl/workbook.xml";
    bytes.starts_with(b"PK\x03\x04") && bytes.windows(name.len()).any(|window| window == name)
}

/// True if a line break or separator, written in UTF-16 of either byte order, is near the start. Binary files that begin
/// like UTF-16 rarely have one there.
fn has_separators(bytes: &[u8]) -> bool {
    let pairs = bytes.chunks_exact(2).take(EXAMINED_UNITS);
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
        let list = || "\u{feff}名前,部署\r\n佐藤,総務\r\n".encode_utf16();
        let utf16_le: Vec<u8> = list().flat_map(u16::to_le_bytes).collect();
        let utf16_be: Vec<u8> = list().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            b"" as &[u8],
            b"name,group\r\nSato,Sales\r\n",
            "\u{feff}名前\r\n佐藤\r\n".as_bytes(),
            b"\x96\xbc\x91\x4f\r\n", // 名前 in CP932
            b"a\x1a",                // end-of-file mark of DOS
            b"{\"version\":1}",
            &utf16_le,
            &utf16_be,
        ] {
            assert_eq!(check("list.CSV", bytes), Ok(FileType::Text), "{bytes:x?}");
        }
    }

    #[test]
    fn the_content_takes_precedence_over_the_file_name() {
        let executable = [&b"\x7fELF\x02\x01\x01"[..], &[0; 64], b"text"].concat();
        for (name, bytes, error) in [
            (
                "list.csv",
                &b"PK\x03\x04\x14\x00"[..],
                FileTypeError::Archive,
            ),
            ("list.xlsx", b"PK\x03\x04\x14\x00", FileTypeError::Archive),
            (
                "list.csv",
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
                FileTypeError::OldWorkbook,
            ),
            ("list.csv", b"%PDF-1.7", FileTypeError::Pdf),
            ("list.csv", b"\x89PNG\r\n", FileTypeError::Picture),
            (
                "list.csv",
                b"\xef\xbb\xbf <!doctype html>",
                FileTypeError::WebPage,
            ),
            ("list.xls", b"<html><table>", FileTypeError::WebPage),
            ("list.csv", &executable, FileTypeError::NotText),
            ("list.exe", b"name\n", FileTypeError::UnsupportedExtension),
            ("list", b"name\n", FileTypeError::UnsupportedExtension),
        ] {
            assert_eq!(check(name, bytes), Err(error), "{name} {bytes:x?}");
        }
    }

    #[test]
    fn a_workbook_is_recognized_whatever_its_name() {
        let bytes = b"PK\x03\x04\x14\x00xl/workbook.xml";
        for name in ["list.xlsx", "list.csv", "list"] {
            assert_eq!(check(name, bytes), Ok(FileType::Workbook), "{name}");
        }
        assert_eq!(check("list.xls", b"name\tgroup\n"), Ok(FileType::Text));
    }
}
