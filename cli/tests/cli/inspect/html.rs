//! The page for a browser, and what hostile messages do to it: nothing.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};

use mms_codec::message::{Address, ContentType, Originator, Part};
use mms_codec::{Bytes, mm1};

use crate::program::{ROOT, Scratch, command, run};

/// The document of a page after its scripts ran, in a browser; `None`, and a word about it, where there is none.
fn browsed(page: &Path, scratch: &Scratch) -> Option<String> {
    let mut browser = Command::new("chromium");
    browser.args(["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000", "--dump-dom"]);
    browser.arg(format!("--user-data-dir={}", scratch.0.join("profile").display()));
    browser.arg(format!("file://{}", page.display())).stderr(Stdio::null());
    let Ok(output) = browser.output() else {
        assert!(std::env::var_os("MMS_REQUIRE_CHROMIUM").is_none(), "chromium is not installed");
        println!("skipped: chromium is not installed");
        return None;
    };
    assert!(output.status.success());
    Some(String::from_utf8(output.stdout).unwrap())
}

fn page(scratch: &Scratch, files: &[&str]) -> std::path::PathBuf {
    let page = scratch.0.join("page.html");
    let run = run(command("inspect", &[&["--html", page.to_str().unwrap()], files].concat()), b"");
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{run:?}");
    page
}

fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

#[test]
fn a_page_shows_slides_fields_octets_and_deviations() {
    let scratch = Scratch::new("html");
    let page = page(&scratch, &["tests/data/retrieve-conf.mms", "tests/data/subject-without-quote.mms"]);
    let text = std::fs::read_to_string(&page).unwrap();
    assert_eq!((count(&text, "<section "), count(&text, "<a href=")), (2, 2));
    assert!(text.contains("<tr><th>Subject</th><td>Un été à la mer</td></tr>"), "{text}");
    assert!(text.contains("data-box=\"0.00 70.00 100.00 30.00\"><p class=\"text\"><bdi>Héllo wörld"));
    // Once, although a slide shows it.
    assert_eq!(count(&text, "src=\"data:image/gif;base64,"), 1);
    assert_eq!(count(&text, " data-part="), 1);
    assert!(text.contains("forgiven: "));
    // X-Mms-Message-Type of M-Retrieve.conf.
    assert!(text.contains("8c 84"));
    let Some(dom) = browsed(&page, &scratch) else { return };
    // The script ran, and places the regions.
    assert!(dom.contains("style=\"left: 0%; top: 70%; width: 100%; height: 30%;\""), "{dom}");
    assert_eq!(count(&dom, "src=\"data:image/gif;base64,"), 2, "the script shows the picture on the slide: {dom}");
}

#[test]
fn nothing_of_a_message_is_run_or_fetched() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let scratch = Scratch::new("hostile-html");
    let evil = format!(
        "\"'><script>document.title='run'</script><img src=x onerror=\"document.title='run'\"><img src={url}>\
         <style>@import '{url}';</style><iframe src=javascript:document.title='run'></iframe></bdi></p>&lt;b&gt;"
    );
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' onload=\"document.title='run'\"><script>parent.document.title='run'</script>\
         <image href='{url}'/></svg>"
    );
    let part = |media: &str, octets: &str| {
        let content_type = ContentType::new(media).with("name", evil.as_str());
        let mut part = Part::new(content_type, Bytes::copy_from_slice(octets.as_bytes()));
        part.content_id = Some(format!("<{media}>").into());
        part
    };
    let smil = format!(
        "<smil><head><layout><root-layout width=\"1px;position:fixed\" background-color=\"url({url})\"/>\
         <region id=\"a\" left=\"10%\" background-color=\"red;background:url({url})\"/></layout></head><body><par>\
         <img src=\"cid:image/svg+xml\" region=\"a\"/><text src=\"cid:text/html\" region=\"a\"/><ref src=\"{url}\"/>\
         </par></body></smil>"
    );
    let mut send = mm1::SendReq::default();
    send.transaction_id = Some("t".into());
    send.message.from = Some(Originator::InsertAddress);
    send.message.to.push(Address::email("a@example.org"));
    send.message.subject = Some(evil.as_str().into());
    let parts = vec![
        part("application/smil", &smil),
        part("image/svg+xml", &svg),
        part("text/html", &evil),
        part("text/plain", &evil),
    ];
    send.message.body = Some(Part::multipart(ContentType::new("application/vnd.wap.multipart.related"), parts));
    // The name of the file is the sender's as well.
    let file = scratch.0.join("<script>document.title='run'<\u{2215}script>.mms");
    std::fs::write(&file, mm1::encode(&send).unwrap()).unwrap();
    let page = page(&scratch, &[file.to_str().unwrap()]);
    let text = std::fs::read_to_string(&page).unwrap();
    assert_eq!((count(&text, "<script"), count(&text, "<style"), count(&text, "<iframe")), (1, 1, 0), "{text}");
    assert!(text.contains("content=\"default-src 'none'; style-src 'sha256-"));
    assert!(!text.contains(&format!("src=\"{url}")) && !text.contains("<image"));
    let Some(dom) = browsed(&page, &scratch) else { return };
    assert!(dom.contains("<title>Messages</title>"), "{dom}");
    assert_eq!(
        (count(&dom, "<script"), count(&dom, "<iframe"), count(&dom, " onerror=")),
        (1, 0, count(&text, " onerror="))
    );
    assert!(listener.accept().is_err(), "the page fetched something");
}

#[test]
fn the_page_is_in_the_readme() {
    let readme = std::fs::read_to_string(format!("{ROOT}/README.md")).unwrap();
    for image in ["html.png", "octets.png"] {
        assert!(readme.contains(&format!("cli/images/{image}")), "{image}");
        let size = std::fs::metadata(format!("{ROOT}/cli/images/{image}")).unwrap().len();
        assert!((1_000..150_000).contains(&size), "{image}: {size}");
    }
}
