//! The set-up page.
fn main() {
    yobirin_ui::setup::start();
}
