//! Shapes of MM4 messages.

use super::{Shape, numbered};

const HEAD: &str = "X-Mms-Message-Type: MM4_forward.REQ\r\nX-Mms-3GPP-MMS-Version: 6.10.0\r\n\
                    X-Mms-Transaction-ID: \"t\"\r\nX-Mms-Message-ID: \"m\"\r\nDate: Tue, 05 Mar 2024 09:30:47 +0000\r\n\
                    From: a@b.example\r\nSender: s@b.example\r\nMessage-ID: <a@b.example>\r\n";

fn mail(headers: &str, body: &str) -> Vec<u8> {
    let to = if headers.starts_with("To: ") { "" } else { "To: k@e.example\r\n" };
    let version = "MIME-Version: 1.0\r\n";
    let kind = if headers.contains("Content-Type:") { "" } else { "Content-Type: text/plain\r\n" };
    format!("{HEAD}{to}{headers}{version}{kind}\r\n{body}").into()
}

/// A message with this header of so many units, in lines that mail allows.
fn header(name: &str, unit: &str, count: usize) -> Vec<u8> {
    mail(&format!("{name}: {}\r\n", unit.repeat(count)), "hello\r\n")
}

/// A message with so many of these lines.
fn lines(line: &str, count: usize) -> Vec<u8> {
    mail(&line.repeat(count), "hello\r\n")
}

/// The same with a number in each line.
fn distinct(count: usize, line: impl Fn(usize) -> String) -> Vec<u8> {
    mail(&numbered(count, line), "hello\r\n")
}

fn content_type(unit: &str, count: usize) -> Vec<u8> {
    mail(&format!("Content-Type: text/plain{}\r\n", unit.repeat(count)), "hello\r\n")
}

fn multipart(unit: &str, count: usize) -> Vec<u8> {
    let body = format!("{}\r\n--b--\r\n", unit.repeat(count));
    mail("Content-Type: multipart/mixed; boundary=b\r\n", &body)
}

/// A message with one part, which has these headers.
fn part(headers: &str) -> Vec<u8> {
    multipart(&format!("--b\r\n{headers}\r\nx\r\n"), 1)
}

fn encoded(encoding: &str, unit: &str, count: usize) -> Vec<u8> {
    mail(&format!("Content-Transfer-Encoding: {encoding}\r\n"), &format!("{}\r\n", unit.repeat(count)))
}

pub(super) const SHAPES: &[Shape] = &[
    // Encoded words.
    Shape::new("subject: empty words in l1", 10, |n| header("Subject", "=?l1?b??= ", n)),
    Shape::new("subject: words in an unknown charset", 11, |n| header("Subject", "=?x?q?a?= ", n)),
    Shape::new("subject: empty words in an unknown charset", 8, |n| header("Subject", "=?x?b??=", n)),
    Shape::new("subject: empty words, folded", 12, |n| header("Subject", "=?l1?b??=\r\n ", n)),
    Shape::new("subject: words of one letter, folded", 19, |n| header("Subject", "=?utf-8?q?a?=\r\n ", n)),
    Shape::new("subject: words of 64 letters, folded", 78, |n| {
        header("Subject", &format!("=?utf-8?q?{}?=\r\n ", "a".repeat(64)), n)
    }),
    Shape::new("subject: words in KOI8-R", 40, |n| header("Subject", "=?koi8-r?b?gICAgICAgICAgICAgICA?=\r\n ", n)),
    Shape::new("subject: one word in KOI8-R", 4, |n| {
        header("Subject", &format!("=?koi8-r?b?{}?=", "gICA".repeat(n)), 1)
    }),
    Shape::new("subject: one word in windows-874", 3, |n| {
        header("Subject", &format!("=?windows-874?q?{}?=", "=A1".repeat(n)), 1)
    }),
    Shape::new("subject: words in alternating charsets", 34, |n| {
        header("Subject", "=?l1?q?=E9?= =?utf-8?q?=C3=A9?= ", n)
    }),
    Shape::new("subject: words that split a letter", 38, |n| header("Subject", "=?utf-8?q?=C3?= =?utf-8?q?=A9?= ", n)),
    Shape::new("subject: beginnings of words", 2, |n| header("Subject", "=?", n)),
    Shape::new("subject: heads of words", 6, |n| header("Subject", "=?a?b?", n)),
    Shape::new("subject: one word without end", 1, |n| header("Subject", &format!("=?a?b?{}", "A".repeat(n)), 1)),
    Shape::new("subject: equals signs", 1, |n| header("Subject", "=", n)),
    Shape::new("subject: a word of blanks", 1, |n| header("Subject", &format!("=?l1?q?{}?=", "_".repeat(n)), 1)),
    Shape::new("subject: a word, then blanks", 1, |n| header("Subject", &format!("=?l1?q?a?={}x", " ".repeat(n)), 1)),
    Shape::new("subject: octets beyond ASCII", 1, |n| {
        [HEAD.as_bytes(), b"To: a@b.example\r\nSubject: ", &vec![0xe9; n], b"\r\n\r\nx\r\n"].concat()
    }),
    Shape::new("subject: UTF-8 without words", 2, |n| header("Subject", "\u{fc}", n)),
    Shape::new("subject: plain", 1, |n| header("Subject", "x", n)),
    Shape::new("subject: folded at each letter", 4, |n| header("Subject", "x\r\n ", n)),
    Shape::new("subject: folded blank lines", 3, |n| header("Subject", "\r\n ", n)),
    Shape::new("subject: folded by line feeds and tabs", 3, |n| header("Subject", "x\n\t", n)),
    Shape::new("location: encoded words", 14, |n| header("Content-Location", "=?utf-8?q?a?= ", n)),
    // Lists of mailboxes.
    Shape::new("recipients", 13, |n| header("To", "kim@example.org, ", n)),
    Shape::new("recipients, short", 4, |n| header("To", "a@b,", n)),
    Shape::new("recipients, empty", 1, |n| header("To", ",", n)),
    Shape::new("recipients: numbers", 38, |n| header("To", "+4477009001/TYPE=PLMN@mms.example.net,", n)),
    Shape::new("recipients: numbers, short", 14, |n| header("To", "+1/TYPE=PLMN@b,", n)),
    Shape::new("recipients with names", 22, |n| header("To", "Kim <kim@example.org>,", n)),
    Shape::new("recipients with quoted names", 24, |n| header("To", "\"K, m\" <kim@example.org>,", n)),
    Shape::new("recipients with encoded names", 34, |n| header("To", "=?utf-8?q?K=C3=BC?= <kim@b.example>,", n)),
    Shape::new("recipients: groups", 3, |n| header("To", "a:;", n)),
    Shape::new("recipients: colons", 1, |n| header("To", ":", n)),
    Shape::new("recipients: systems", 15, |n| header("To", "system=host.x, ", n)),
    Shape::new("recipients: a quote without end", 1, |n| header("To", &format!("\"{}", "a,".repeat(n)), 1)),
    Shape::new("recipients: parentheses", 1, |n| header("To", "(", n)),
    Shape::new("recipients: comments", 4, |n| header("To", "(a) ", n)),
    Shape::new("recipients: angles", 1, |n| header("To", "<", n)),
    Shape::new("recipients: angles without end", 5, |n| header("To", "<a@b,", n)),
    Shape::new("recipients: words", 2, |n| header("To", "a ", n)),
    Shape::new("recipients: at signs", 1, |n| header("To", "@", n)),
    Shape::new("recipients: one quoted local part", 2, |n| header("To", &format!("\"{}\"@b", "\\a".repeat(n)), 1)),
    Shape::new("recipients: a name of blanks beyond ASCII", 2, |n| {
        header("To", &format!("\"{}\" <a@b.example>", "\u{a0}".repeat(n)), 1)
    }),
    Shape::new("recipients in many lines", 14, |n| lines("Cc: a@b.exampl\r\n", n)),
    Shape::new("previous senders", 42, |n| distinct(n, |i| format!("X-Mms-Previously-sent-by: {i}, a@b.example\r\n"))),
    Shape::new("previous dates", 75, |n| {
        distinct(n, |i| format!("X-Mms-Previously-sent-date-and-time: {i}, Tue, 05 Mar 2024 09:30:47 +0000\r\n"))
    }),
    Shape::new("previous senders, one number", 42, |n| lines("X-Mms-Previously-sent-by: 1, a@b.example\r\n", n)),
    // Other headers.
    Shape::new("date: a comment", 1, |n| header("Date", "(", n)),
    Shape::new("date: words", 2, |n| header("X-Mms-Expiry", "a ", n)),
    Shape::new("date: digits", 1, |n| header("X-Mms-Expiry", "9", n)),
    Shape::new("extra headers", 24, |n| lines("X-abcdefg: abcdefghijk\r\n", n)),
    Shape::new("extra headers, distinct", 24, |n| distinct(n, |i| format!("X-{i:07}: abcdefghijk\r\n"))),
    Shape::new("extra headers, tiny", 4, |n| lines("a:\r\n", n)),
    Shape::new("extra headers of encoded words", 30, |n| lines("X-abcdefg: =?utf-8?q?=C3=BC?=\r\n", n)),
    Shape::new("extra headers beyond ASCII", 30, |n| {
        lines("X-abcdefg: \u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\r\n", n)
    }),
    Shape::new("damaged lines", 24, |n| lines("abcdefghijklmnopqrstuv\r\n", n)),
    Shape::new("damaged lines, tiny", 3, |n| lines("a\r\n", n)),
    Shape::new("blanks before the colon", 24, |n| lines("X-abcdefg    : abcdef\r\n", n)),
    Shape::new("a line of blanks before the colon", 1, |n| lines(&format!("X{}: a\r\n", " ".repeat(n)), 1)),
    Shape::new("priorities", 25, |n| lines("X-Mms-Priority: Normal\r\n", n)),
    Shape::new("priorities, empty", 18, |n| lines("X-Mms-Priority:\r\n", n)),
    Shape::new("transfer encodings", 33, |n| lines("Content-Transfer-Encoding: 7bit\r\n", n)),
    Shape::new("content types", 26, |n| lines("Content-Type: text/plain\r\n", n)),
    Shape::new("message ids", 18, |n| lines("Message-ID: <a@b>\r\n", n)),
    Shape::new("the message type at the end", 24, |n| {
        let head = "X-abcdefg: abcdefghijk\r\n".repeat(n);
        format!("{head}X-Mms-Message-Type: MM4_forward.REQ\r\n\r\n").into()
    }),
    // Parameters.
    Shape::new("parameters", 4, |n| content_type(";a=b", n)),
    Shape::new("parameters of 20 octets", 20, |n| content_type("; abcdefgh=abcdefghi", n)),
    Shape::new("parameters, distinct", 20, |n| content_type(&numbered(n, |i| format!("; a{i:07}=abcdefghi")), 1)),
    Shape::new("parameters: pieces", 14, |n| content_type(&numbered(n, |i| format!("; name*{i}=abc")), 1)),
    Shape::new("parameters: encoded pieces", 18, |n| {
        content_type(&numbered(n, |i| format!("; name*{i}*=%C3%BC%C3")), 1)
    }),
    Shape::new("parameters: pieces, reversed", 14, |n| {
        content_type(&numbered(n, |i| format!("; name*{}=abc", n - i - 1)), 1)
    }),
    Shape::new("parameters: one piece again and again", 10, |n| content_type("; name*0=a", n)),
    Shape::new("parameters: pieces of many names", 20, |n| {
        content_type(&numbered(n, |i| format!("; name{i:05}*0=abc")), 1)
    }),
    Shape::new("parameters: names with one beginning", 60, |n| {
        content_type(&numbered(n, |i| format!("; {}{i:05}*=''a", "x".repeat(44))), 1)
    }),
    Shape::new("parameters: one encoded value", 3, |n| content_type(&format!("; name*=utf-8''{}", "%41".repeat(n)), 1)),
    Shape::new("parameters: one value in windows-874", 3, |n| {
        content_type(&format!("; name*=windows-874''{}", "%A1".repeat(n)), 1)
    }),
    Shape::new("parameters: encoded words", 8, |n| content_type(&format!("; name=\"{}\"", "=?x?b??=".repeat(n)), 1)),
    Shape::new("parameters: encoded words in l1", 16, |n| {
        content_type(&format!("; name=\"{}\"", "=?l1?q?=E9=E9?= ".repeat(n)), 1)
    }),
    Shape::new("parameters: one value of escapes", 2, |n| content_type(&format!("; name=\"{}\"", "\\a".repeat(n)), 1)),
    Shape::new("parameters: one value of quotation marks", 2, |n| {
        content_type(&format!("; name=\"{}\"", "\\\"".repeat(n)), 1)
    }),
    Shape::new("parameters: one value beyond ASCII", 2, |n| {
        content_type(&format!("; name=\"{}\"", "\u{fc}".repeat(n)), 1)
    }),
    Shape::new("parameters: semicolons", 1, |n| content_type(";", n)),
    Shape::new("parameters: quotation marks", 1, |n| content_type(";a=\"", n)),
    Shape::new("parameters: comments", 8, |n| content_type("; (a)a=b", n)),
    Shape::new("disposition parameters", 20, |n| {
        header("Content-Disposition", &format!("attachment{}", "; abcdefgh=abcdefghi".repeat(n)), 1)
    }),
    Shape::new("disposition: pieces", 14, |n| {
        header("Content-Disposition", &format!("attachment{}", numbered(n, |i| format!("; name*{i}=abc"))), 1)
    }),
    // Multiparts.
    Shape::new("tiny parts", 7, |n| multipart("--b\r\n\r\n", n)),
    Shape::new("delimiters", 5, |n| multipart("--b\r\n", n)),
    Shape::new("parts of 128 octets", 137, |n| multipart(&format!("--b\r\n\r\n{}\r\n", "x".repeat(128)), n)),
    Shape::new("parts of 128 octets with headers", 137, |n| {
        multipart(
            &format!(
                "--b\r\nContent-Type: a/b; name=a\r\nContent-ID: <a>\r\nContent-Location: a\r\n\r\n{}\r\n",
                "x".repeat(60)
            ),
            n,
        )
    }),
    Shape::new("a long start and escaped Content-IDs", 240, |n| {
        let one = "--b\r\nContent-ID: <%41%41%41%41%41%41%41%41%41%41%41%41>\r\n\r\nabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk\r\n";
        let start = "%41".repeat(40 * n);
        mail(
            &format!("Content-Type: multipart/related; boundary=b; start=\"<{start}>\"\r\n"),
            &format!("{}--b--\r\n", one.repeat(n)),
        )
    }),
    Shape::new("lines near a delimiter", 4, |n| multipart(&format!("--b\r\n\r\n{}", "\n--c".repeat(n)), 1)),
    Shape::new("lines near a delimiter, blanks", 5, |n| multipart(&format!("--b\r\n\r\n{}", "\n--b x".repeat(n)), 1)),
    Shape::new("a delimiter of blanks", 1, |n| multipart(&format!("--b\r\n\r\n\r\n--b{}x", " ".repeat(n)), 1)),
    Shape::new("line ends", 1, |n| multipart(&format!("--b\r\n\r\n{}", "\n".repeat(n)), 1)),
    Shape::new("a long boundary", 2, |n| {
        let boundary = "b".repeat(n);
        mail(&format!("Content-Type: multipart/mixed; boundary={boundary}\r\n"), &format!("--{boundary}\r\n\r\nx\r\n"))
    }),
    Shape::new("a long boundary and beginnings of it", 3, |n| {
        let (boundary, near) = ("b".repeat(n), "b".repeat(n / 16));
        let body = format!("\r\n--{near}").repeat(16);
        mail(&format!("Content-Type: multipart/mixed; boundary={boundary}\r\n"), &format!("--{boundary}\r\n\r\n{body}"))
    }),
    Shape::new("multiparts in each other", 66, |n| {
        let body = numbered(n, |i| format!("--b{i}\r\nContent-Type: multipart/mixed; boundary=b{}\r\n\r\n", i + 1));
        mail("Content-Type: multipart/mixed; boundary=b0\r\n", &body)
    }),
    Shape::new("multiparts of one boundary in each other", 58, |n| {
        multipart("--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", n)
    }),
    Shape::new("8 multiparts around lines", 8, |n| {
        let heads = numbered(7, |i| format!("--b{i}\r\nContent-Type: multipart/mixed; boundary=b{}\r\n\r\n", i + 1));
        mail("Content-Type: multipart/mixed; boundary=b0\r\n", &format!("{heads}{}", "--b8\r\n\r\n".repeat(n)))
    }),
    Shape::new("part headers", 24, |n| part(&"X-abcdefg: abcdefghijk\r\n".repeat(n))),
    Shape::new("part headers, tiny", 5, |n| part(&"a:b\r\n".repeat(n))),
    Shape::new("part headers, damaged", 3, |n| part(&"a\r\n".repeat(n))),
    // Transfer encodings.
    Shape::new("base64", 78, |n| encoded("base64", &format!("{}\r\n", "QUJD".repeat(19)), n)),
    Shape::new("base64 in one line", 4, |n| encoded("base64", "QUJD", n)),
    Shape::new("base64 in lines of one letter", 2, |n| encoded("base64", "A\n", n)),
    Shape::new("base64 of padding", 1, |n| encoded("base64", "=", n)),
    Shape::new("base64 with padding inside", 4, |n| encoded("base64", "QQ==", n)),
    Shape::new("base64 with damage at its end", 4, |n| encoded("base64", &format!("{}*", "QUJD".repeat(n)), 1)),
    Shape::new("base64 with damage everywhere", 5, |n| encoded("base64", "QU*JD", n)),
    Shape::new("base64 of blank lines", 2, |n| encoded("base64", "\r\n", n)),
    Shape::new("base64 in lines of 4 and 8", 16, |n| encoded("base64", "QUJD\r\nQUJDQUJD\r\n", n)),
    Shape::new("quoted-printable", 3, |n| encoded("quoted-printable", "=C3", n)),
    Shape::new("quoted-printable, damaged", 3, |n| encoded("quoted-printable", "=zz", n)),
    Shape::new("quoted-printable, soft breaks", 3, |n| encoded("quoted-printable", "=\r\n", n)),
    Shape::new("quoted-printable, blanks", 2, |n| encoded("quoted-printable", "= ", n)),
    Shape::new("text in UTF-8", 2, |n| encoded("8bit", "\u{fc}", n)),
    Shape::new("text in windows-874", 1, |n| {
        let head = mail("Content-Type: text/plain; charset=windows-874\r\nContent-Transfer-Encoding: 8bit\r\n", "");
        [head, vec![0xa1; n]].concat()
    }),
    Shape::new("a line without end", 1, |n| encoded("7bit", "x", n)),
];
