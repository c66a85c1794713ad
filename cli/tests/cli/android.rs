//! Messages as Android and SMS Backup & Restore keep them. The columns are those of `android.provider.Telephony.Mms`.

#[cfg(feature = "android-database")]
use std::process::{Command, Stdio};

use serde_json::{Value, json};

#[cfg(feature = "android-database")]
use crate::program::Scratch;
use crate::program::{Run, command, run};

fn inspect(arguments: &[&str], input: &[u8]) -> Run {
    run(command("inspect", &[&["--json"], arguments].concat()), input)
}

/// A received message with a picture and an emoji, one that was sent, a notification, and a delivery report.
const BACKUP: &str = r#"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<!--File Created By SMS Backup & Restore-->
<smses count="4" backup_set="x" type="full">
  <sms protocol="0" address="+12025550101" date="1" type="1" body="no picture" />
  <mms text_only="0" sub="Gr&#195;&#188;&#195;&#159;e" sub_cs="106" date="1709631047000" read="1" ct_l="http://mmsc/1" tr_id="T1" st="null" msg_box="1" m_cls="personal" ct_t="application/vnd.wap.multipart.related" d_rpt="129" m_id="m1@mmsc" m_type="132" v="18" exp="null" pri="130" rr="128">
    <parts>
      <part seq="0" ct="text/plain" name="t.txt" chset="106" cd="null" fn="null" cid="&lt;t&gt;" cl="t.txt" text="Hi &#55357;&#56832; &amp; &lt;all&gt;&#10;there" />
      <part seq="0" ct="image/gif" name="dot.gif" chset="null" cid="&lt;dot&gt;" cl="dot.gif" text="null" data="R0lGODlhAQABAAAAACw=" />
      <part seq="-1" ct="application/smil" name="null" chset="null" cid="&lt;smil&gt;" cl="smil.xml" text="&lt;smil/&gt;" />
    </parts>
    <addrs>
      <addr address="+12025550101" type="137" charset="106" />
      <addr address="+12025550102" type="151" charset="106" />
      <addr address="bob@example.org" type="130" charset="106" />
    </addrs>
  </mms>
  <mms sub="null" date="1709631048000" tr_id="T2" ct_t="application/vnd.wap.multipart.mixed" m_type="128" v="18" pri="129" rr="129" d_rpt="129">
    <parts><part seq="0" ct="text/plain" chset="106" text="ok" /></parts>
    <addrs><addr address="insert-address-token" type="137" /><addr address="12345" type="151" /></addrs>
  </mms>
  <mms m_type="130" v="16" tr_id="T3" ct_l="http://mmsc/3" m_size="30000" exp="86400" m_cls="auto"><addrs><addr address="+1" type="137"/></addrs></mms>
  <mms m_type="200" v="16"/>
</smses>
"#;

#[test]
fn a_backup_has_the_messages() {
    let run = inspect(&["-"], BACKUP.as_bytes());
    assert_eq!(run.code, Some(1), "{run:?}");
    let lines = run.json();
    let [received, sent, announced, other] = &lines[..] else { panic!("{run:?}") };
    assert_eq!((&received["file"], &received["type"]), (&json!("-:1"), &json!("m-retrieve-conf")));
    let fields = &received["fields"];
    for (name, value) in [
        ("X-Mms-Transaction-ID", json!("T1")),
        ("Message-ID", json!("m1@mmsc")),
        ("Date", json!("2024-03-05T09:30:47Z")),
        ("From", json!("+12025550101/TYPE=PLMN")),
        ("To", json!(["+12025550102/TYPE=PLMN"])),
        ("Cc", json!(["bob@example.org"])),
        ("Subject", json!("Grüße")),
        ("X-Mms-Priority", json!("High")),
        ("X-Mms-Read-Report", json!("Yes")),
        ("X-Mms-Delivery-Report", json!("No")),
        ("X-Mms-Message-Class", json!("Personal")),
    ] {
        assert_eq!(fields[name], value, "{name}");
    }
    let parts = |line: &Value| -> Vec<(Value, Value, Value)> {
        let parts = line["parts"].as_array().unwrap().iter();
        parts.map(|part| (part["name"].clone(), part["text"].clone(), part["length"].clone())).collect()
    };
    assert_eq!(
        parts(received),
        [
            (json!("smil.xml"), json!("<smil/>"), json!(7)),
            (json!("t.txt"), json!("Hi \u{1f600} & <all>\nthere"), json!(21)),
            (json!("dot.gif"), Value::Null, json!(14)),
        ]
    );
    assert_eq!((&sent["type"], &sent["fields"]["From"]), (&json!("m-send-req"), &json!("insert-address-token")));
    assert_eq!(sent["fields"]["To"], json!(["12345"]));
    assert_eq!(announced["fields"]["X-Mms-Expiry"], "PT86400S");
    assert_eq!(announced["fields"]["X-Mms-Content-Location"], "http://mmsc/3");
    assert!(other["error"]["message"].as_str().unwrap().ends_with(" is not a message"), "{other}");
}

#[test]
fn a_message_of_a_backup_is_converted_and_repaired_as_others_are() {
    let (head, rest) = BACKUP.split_once("  <mms sub=").unwrap();
    assert!(rest.contains("m_type=\"128\""));
    let one = format!("{head}</smses>");
    let mail = run(command("transcode", &["--to", "mm4", "-", "-"]), one.as_bytes());
    assert_eq!((mail.code, mail.err.as_str()), (Some(0), ""), "{mail:?}");
    assert!(mail.out.contains("dot.gif"), "{}", mail.out);
    let checked = run(command("check", &["--strict", "-"]), one.as_bytes());
    assert_eq!((checked.code, checked.out.as_str(), checked.err.as_str()), (Some(0), "", ""));
    let broken = inspect(&["-"], one.replace("R0lG", "*").as_bytes());
    assert_eq!(broken.code, Some(1));
    assert!(broken.err.starts_with("mms: -:1: data: "), "{broken:?}");
    for end in (0..one.len()).step_by(61) {
        let _ = inspect(&["-"], &one.as_bytes()[..end]);
    }
}

#[test]
fn one_broken_message_of_a_backup_costs_no_other() {
    let (head, rest) = BACKUP.split_once("<mms ").unwrap();
    let whole = inspect(&["-"], BACKUP.as_bytes()).json();
    let twice = format!("{head}<mms m_type=\"132\"><parts><part data=\"*\"/></parts></mms><mms {rest}");
    let run = inspect(&["-"], twice.as_bytes()).json();
    assert_eq!(run.len(), whole.len() + 1);
    assert!(run[0]["error"]["message"].as_str().unwrap().starts_with("data: "), "{run:?}");
    assert_eq!(run[1]["parts"], whole[0]["parts"]);
    // Cut within the last message, and broken in it.
    let (before, _) = BACKUP.rsplit_once("</mms>").unwrap();
    for end in ["", "<a b"] {
        let run = inspect(&["-"], format!("{before}{end}").as_bytes()).json();
        assert_eq!(run[0]["parts"], whole[0]["parts"], "{end}: {run:?}");
        assert!(run.last().unwrap().get("error").is_some(), "{end}: {run:?}");
    }
}

#[test]
fn a_backup_is_in_the_charset_that_it_says() {
    let text = "<?xml version='1.0' encoding='ISO-8859-1' standalone='yes' ?>\n<smses count=\"1\"><mms m_type=\"132\" v=\"18\" \
                sub=\"Ol\u{e9}\" ct_t=\"text/plain\"><addrs/></mms></smses>";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let utf_16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for octets in [&latin[..], &utf_16, text.replace("ISO-8859-1", "UTF-8").as_bytes()] {
        let run = inspect(&["-"], octets);
        assert_eq!((run.code, &run.json()[0]["fields"]["Subject"]), (Some(0), &json!("Ol\u{e9}")), "{run:?}");
    }
}

/// Python writes the database as Android does: an independent program, and the tables of the provider.
#[cfg(feature = "android-database")]
const DATABASE: &str = r#"
import sqlite3, sys, os
to = sys.argv[1]
os.makedirs(os.path.join(to, "app_parts"))
open(os.path.join(to, "app_parts", "PART_1"), "wb").write(b"GIF89a")
open(os.path.join(to, "secret"), "wb").write(b"secret")
os.symlink(os.path.join(to, "secret"), os.path.join(to, "app_parts", "PART_2"))
db = sqlite3.connect(os.path.join(to, "mmssms.db"))
db.execute("PRAGMA journal_mode=WAL")
db.execute("CREATE TABLE pdu (_id INTEGER PRIMARY KEY, thread_id INTEGER, date INTEGER, msg_box INTEGER, m_id TEXT, sub TEXT, sub_cs INTEGER, ct_t TEXT, ct_l TEXT, exp INTEGER, m_cls TEXT, m_type INTEGER, v INTEGER, m_size INTEGER, pri INTEGER, rr INTEGER, d_rpt INTEGER, tr_id TEXT)")
db.execute("CREATE TABLE addr (_id INTEGER PRIMARY KEY, msg_id INTEGER, contact_id INTEGER, address TEXT, type INTEGER, charset INTEGER)")
db.execute("CREATE TABLE part (_id INTEGER PRIMARY KEY, mid INTEGER, seq INTEGER DEFAULT 0, ct TEXT, name TEXT, chset INTEGER, cd TEXT, fn TEXT, cid TEXT, cl TEXT, ctt_s INTEGER, ctt_t TEXT, _data TEXT, text TEXT)")
db.execute("INSERT INTO pdu VALUES (7, 1, 1709631047, 1, 'm7', ?, 106, 'application/vnd.wap.multipart.related', NULL, NULL, 'personal', 132, 18, NULL, 129, 129, 129, 'T7')", ("Gr\u00c3\u00bc\u00c3\u009fe",))
db.execute("INSERT INTO addr VALUES (1, 7, NULL, '+12025550101', 137, 106), (2, 7, NULL, '+12025550102', 151, 106), (3, 99, NULL, '+3', 151, 106)")
db.execute("INSERT INTO part VALUES (1, 7, 0, 'image/gif', NULL, NULL, NULL, NULL, '<a>', 'a.gif', NULL, NULL, '/data/user_de/0/com.android.providers.telephony/app_parts/PART_1', NULL), (2, 7, 0, 'text/plain', NULL, 106, NULL, NULL, '<b>', 'b.txt', NULL, NULL, NULL, 'Gr\u00fc\u00dfe'), (3, 7, 0, 'image/gif', NULL, NULL, NULL, NULL, '<c>', 'c.gif', NULL, NULL, '/x/PART_2', NULL), (4, 7, 0, 'image/gif', NULL, NULL, NULL, NULL, '<d>', 'd.gif', NULL, NULL, '../../etc/hostname', NULL)")
db.commit()
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
if len(sys.argv) > 2:
    # What was written since, and what is not finished, is in the log only.
    db.execute("INSERT INTO pdu (_id, m_type, v, sub) VALUES (8, 132, 18, 'in the log')")
    db.commit()
    db.execute("INSERT INTO pdu (_id, m_type, v, sub) VALUES (9, 132, 18, 'not finished')")
    db.execute("PRAGMA cache_spill = ON")
    os._exit(0)
db.close()
"#;

#[cfg(feature = "android-database")]
#[test]
fn a_database_has_what_is_in_its_log() {
    let scratch = Scratch::new("android-log");
    let python =
        Command::new("python3").args(["-c", DATABASE]).arg(&scratch.0).arg("log").stdin(Stdio::null()).output();
    let Ok(python) = python else {
        println!("skipped: Python is not installed");
        return;
    };
    assert!(python.status.success(), "{}", String::from_utf8_lossy(&python.stderr));
    let database = scratch.0.join("mmssms.db");
    let subjects = || {
        let run = inspect(&[database.to_str().unwrap()], b"");
        let subjects: Vec<_> = run.json().iter().map(|line| line["fields"]["Subject"].clone()).collect();
        (run.code, subjects)
    };
    assert_eq!(subjects(), (Some(0), vec![json!("Grüße"), json!("in the log")]));
    // The log is read, not replayed: a reader changes nothing on the disk.
    let log = scratch.0.join("mmssms.db-wal");
    let octets = std::fs::read(&log).unwrap();
    assert!(octets.len() > 4_096);
    for at in [0, 9, 17, 40, 50, 60, octets.len() - 1] {
        let mut broken = octets.clone();
        broken[at] ^= 0x55;
        std::fs::write(&log, broken).unwrap();
        let (code, subjects) = subjects();
        assert_eq!((code, &subjects[0]), (Some(0), &json!("Grüße")), "{at}");
    }
}

#[cfg(feature = "android-database")]
#[test]
fn a_database_has_the_messages_and_no_other_files() {
    let scratch = Scratch::new("android");
    let python = Command::new("python3").args(["-c", DATABASE]).arg(&scratch.0).stdin(Stdio::null()).output();
    let Ok(python) = python else {
        println!("skipped: Python is not installed");
        return;
    };
    assert!(python.status.success(), "{}", String::from_utf8_lossy(&python.stderr));
    let database = scratch.0.join("mmssms.db");
    let run = inspect(&[database.to_str().unwrap()], b"");
    // What is missing is named.
    let missing = ["3: there is no file /x/PART_2", "4: there is no file ../../etc/hostname"];
    let missing = missing.map(|what| format!("mms: {}:7: part {what}\n", database.display()));
    assert_eq!((run.code, &*run.err), (Some(0), &*missing.concat()));
    let [line] = &run.json()[..] else { panic!("{run:?}") };
    assert!(line["file"].as_str().unwrap().ends_with("mmssms.db:7"));
    let fields = &line["fields"];
    assert_eq!((&fields["Subject"], &fields["To"]), (&json!("Grüße"), &json!(["+12025550102/TYPE=PLMN"])));
    assert_eq!(fields["Date"], "2024-03-05T09:30:47Z");
    let lengths: Vec<_> = line["parts"].as_array().unwrap().iter().map(|part| part["length"].clone()).collect();
    // Neither through a link nor out of the folder.
    assert_eq!(lengths, [json!(6), json!(7), json!(0), json!(0)]);
    // Octets that are wrong are an error, and nothing else.
    let octets = std::fs::read(&database).unwrap();
    for at in (0..octets.len()).step_by(97) {
        let mut broken = octets.clone();
        broken[at] ^= 0x55;
        let run = inspect(&["-"], &broken);
        assert!(matches!(run.code, Some(0 | 1)), "{at}: {run:?}");
    }
}
