//! The program. Everything is in the library.

fn main() -> std::process::ExitCode {
    yobirin_relay::run()
}
