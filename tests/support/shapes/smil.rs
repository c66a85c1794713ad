//! Shapes of presentations.

use super::{Shape, numbered};

fn presentation(head: &str, body: &str) -> Vec<u8> {
    format!("<smil><head><layout><region id=\"a\"/></layout>{head}</head><body>{body}</body></smil>").into()
}

fn many(unit: &str, count: usize) -> Vec<u8> {
    presentation("", &format!("<par>{}</par>", unit.repeat(count)))
}

pub(super) const SHAPES: &[Shape] = &[
    Shape::new("slides", 6, |n| presentation("", &"<par/>".repeat(n))),
    Shape::new("slides with media", 34, |n| presentation("", &"<par dur=\"1s\"><img src=\"a\"/></par>".repeat(n))),
    Shape::new("slides with events", 30, |n| presentation("", &"<par end=\"a.end\" begin=\"1s\"/>".repeat(n))),
    Shape::new("media", 14, |n| many("<img src=\"a\"/>", n)),
    Shape::new("media, tiny", 6, |n| many("<img/>", n)),
    Shape::new("media with regions", 28, |n| many("<img src=\"abcd\" region=\"a\"/>", n)),
    Shape::new("media with distinct regions", 40, |n| {
        let regions = numbered(n, |i| format!("<region id=\"r{i:04}\"/>"));
        let media = numbered(n, |i| format!("<img src=\"a\" region=\"r{i:04}\"/>"));
        presentation(&format!("<layout>{regions}</layout>"), &format!("<par>{media}</par>"))
    }),
    Shape::new("media with distinct names", 20, |n| {
        presentation("", &format!("<par>{}</par>", numbered(n, |i| format!("<img src=\"{i:07}\"/>"))))
    }),
    Shape::new("media with escaped names", 40, |n| many("<img src=\"%41%41%41%41%41%41%41%41&amp;\"/>", n)),
    Shape::new("media with parameters", 40, |n| many("<img src=\"a\"><param name=\"a\" value=\"b\"/></img>", n)),
    Shape::new("media with alternative texts", 30, |n| many("<img src=\"a\" alt=\"abcdefghi\"/>", n)),
    Shape::new("a long name", 1, |n| many(&format!("<img src=\"{}\"/>", "x".repeat(n)), 1)),
    Shape::new("unknown elements", 4, |n| many("<x/>", n)),
    Shape::new("unknown elements in each other", 3, |n| many(&"<x>".repeat(n), 1)),
    Shape::new("unknown elements in each other, closed", 7, |n| {
        many(&format!("{}{}", "<x>".repeat(n), "</x>".repeat(n)), 1)
    }),
    Shape::new("attributes", 5, |n| many(&format!("<img{}/>", " a=\"\"".repeat(n)), 1)),
    Shape::new("attributes, distinct", 12, |n| {
        many(&format!("<img{}/>", numbered(n, |i| format!(" a{i:06}=\"\""))), 1)
    }),
    Shape::new("attributes of one name", 8, |n| many(&format!("<img{}/>", " src=\"a\"".repeat(n)), 1)),
    Shape::new("attributes on many elements", 40, |n| {
        many("<img a=\"\" b=\"\" c=\"\" d=\"\" e=\"\" f=\"\" g=\"\"/>", n)
    }),
    Shape::new("an attribute of references", 5, |n| many(&format!("<img src=\"{}\"/>", "&amp;".repeat(n)), 1)),
    Shape::new("an attribute of damaged references", 2, |n| many(&format!("<img src=\"{}\"/>", "&a".repeat(n)), 1)),
    Shape::new("an attribute of numeric references", 8, |n| {
        many(&format!("<img src=\"{}\"/>", "&#x20ac;".repeat(n)), 1)
    }),
    Shape::new("an attribute of line ends", 1, |n| many(&format!("<img src=\"{}\"/>", "\n".repeat(n)), 1)),
    Shape::new("an attribute of angle brackets", 1, |n| many(&format!("<img src=\"{}\"/>", "<".repeat(n)), 1)),
    Shape::new("attributes without quotes", 5, |n| many(&format!("<img{}/>", " a=bc".repeat(n)), 1)),
    Shape::new("attributes without value", 2, |n| many(&format!("<img{}/>", " a".repeat(n)), 1)),
    Shape::new("text", 1, |n| many(&"x".repeat(n), 1)),
    Shape::new("text of references", 5, |n| many("&amp;", n)),
    Shape::new("text of damaged references", 2, |n| many("&a", n)),
    Shape::new("text between elements", 5, |n| many("x<x/>", n)),
    Shape::new("CDATA", 13, |n| many("<![CDATA[x]]>", n)),
    Shape::new("ends", 4, |n| many("</x>", n)),
    Shape::new("ends of outer elements", 7, |n| many("</body>", n)),
    Shape::new("ends of inner elements", 6, |n| many("</img>", n)),
    Shape::new("regions", 15, |n| presentation(&"<region id=\"b\"/>".repeat(n), "")),
    Shape::new("regions in a layout", 16, |n| {
        presentation(&format!("<layout>{}</layout>", "<region id=\"b\"/>".repeat(n)), "")
    }),
    Shape::new("regions with sizes", 58, |n| {
        let region = "<region id=\"b\" left=\"1\" top=\"2\" width=\"50%\" height=\"3px\"/>";
        presentation(&format!("<layout>{}</layout>", region.repeat(n)), "")
    }),
    Shape::new("layouts", 9, |n| presentation(&"<layout/>".repeat(n), "")),
    Shape::new("root layouts", 14, |n| presentation(&format!("<layout>{}</layout>", "<root-layout/>".repeat(n)), "")),
    Shape::new("metas", 31, |n| presentation(&"<meta name=\"abcd\" content=\"ef\"/>".repeat(n), "")),
    Shape::new("metas, tiny", 7, |n| presentation(&"<meta/>".repeat(n), "")),
    Shape::new("bodies", 7, |n| presentation("", &"<body/>".repeat(n))),
    Shape::new("heads", 7, |n| presentation(&"<head/>".repeat(n), "")),
    Shape::new("a long clock value", 1, |n| presentation("", &format!("<par dur=\"{}s\"/>", "1".repeat(n)))),
    Shape::new("a long fraction", 1, |n| presentation("", &format!("<par dur=\"1.{}s\"/>", "1".repeat(n)))),
    Shape::new("a clock value of colons", 3, |n| presentation("", &format!("<par dur=\"{}s\"/>", "01:".repeat(n)))),
    Shape::new("clock values", 22, |n| presentation("", &"<par dur=\"00:01:02.5\"/>".repeat(n))),
    Shape::new("clock values, damaged", 15, |n| presentation("", &"<par dur=\"abc\"/>".repeat(n))),
    Shape::new("lists of times", 3, |n| presentation("", &format!("<par dur=\"{}1s\"/>", "1s;".repeat(n)))),
    Shape::new("comments", 7, |n| many("<!---->", n)),
    Shape::new("a long comment", 1, |n| many(&format!("<!--{}-->", "-".repeat(n)), 1)),
    Shape::new("instructions", 5, |n| many("<?a?>", n)),
    Shape::new("a document type", 1, |n| {
        format!("<!DOCTYPE smil \"{}\"><smil><body><par/></body></smil>", "x".repeat(n)).into()
    }),
    Shape::new("document types", 10, |n| format!("{}<smil/>", "<!DOCTYPE>".repeat(n)).into()),
    Shape::new("a tag without end", 1, |n| format!("<smil {}", "a".repeat(n)).into()),
    Shape::new("angle brackets", 1, |n| many(&"<".repeat(n), 1)),
    Shape::new("ampersands", 1, |n| many(&"&".repeat(n), 1)),
    Shape::new("blanks", 1, |n| many(&" ".repeat(n), 1)),
    Shape::new("a long element name", 1, |n| many(&format!("<{}/>", "x".repeat(n)), 1)),
    Shape::new("long ends", 24, |n| many("</abcdefghijklmnopqrst>", n)),
    Shape::new("a namespace and prefixes", 30, |n| {
        format!("<s:smil xmlns:s=\"{}\"><s:body>{}</s:body></s:smil>", "u".repeat(20 * n), "<s:par/>".repeat(n)).into()
    }),
    Shape::new("sequences", 6, |n| presentation("", &"<seq/>".repeat(n))),
    Shape::new("switches and their media", 33, |n| many("<switch><img src=\"a\"/></switch>", n)),
];
