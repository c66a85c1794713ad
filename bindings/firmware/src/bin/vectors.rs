//! Reports on the library's vectors, on the microcontroller or on the host.

#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
#[cortex_m_rt::entry]
fn main() -> ! {
    mms_firmware::board::start();
    let mut console = mms_firmware::board::Console::new();
    let reported = mms_firmware::report_all(&mut console);
    mms_firmware::board::stop(reported.is_ok())
}

#[cfg(not(target_os = "none"))]
fn main() -> Result<(), std::fmt::Error> {
    let mut text = String::new();
    mms_firmware::report_all(&mut text)?;
    print!("{text}");
    Ok(())
}
