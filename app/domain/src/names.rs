//! Names for visitors: the reading of a name in Latin letters and in Hangul, and the texts that a tablet shows in each
//! language.

mod display;
mod hangul;
mod index_row;
mod missing_furigana;
mod reading;
mod romaji;

pub use self::display::{DisplayName, display_name, latin_name};
pub use self::hangul::hangul_of_reading;
pub use self::index_row::{LATIN_ROW, OTHER_ROW, index_row, index_rows, sort_by_shown_name};
pub(crate) use self::missing_furigana::lacks_reading;
pub use self::missing_furigana::{are_found_only_as_written, lacks_furigana};
pub use self::romaji::{Romanization, romaji_of_reading};
