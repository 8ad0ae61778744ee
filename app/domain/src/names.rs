//! Names for visitors: the reading of a name in Latin letters and in Hangul, and the texts that a tablet shows in each
//! language.

mod display;
mod hangul;
mod reading;
mod romaji;

pub use self::display::{DisplayName, display_name, latin_name};
pub use self::hangul::hangul_of_reading;
pub use self::romaji::{Romanization, romaji_of_reading};
