//! The output for spreadsheets and databases: RFC 4180, one line for each message.

use super::Failure;
use super::view::View;
use crate::printable::Line;

pub(crate) const HEAD: &str = "file,interface,type,transaction,message_id,date,from,to,subject,parts,deviations,error";

/// A file that decoded, or not.
pub(crate) fn row(file: &str, shown: &Result<View, Failure>) -> String {
    let view = shown.as_ref().ok();
    // What a push carries says more than the push.
    let inner = view.map(|view| view.pdu.as_deref().unwrap_or(view));
    let field = |names: &[&str]| {
        let fields = inner.into_iter().flat_map(|view| &view.fields);
        let found: Vec<_> = fields.filter(|field| names.contains(&field.name.as_str())).collect();
        let values = found.iter().flat_map(|field| &field.values).map(ToString::to_string);
        values.collect::<Vec<_>>().join("; ")
    };
    let deviations = view.into_iter().flat_map(|view| view.all_deviations()).map(|deviation| deviation.kind.name());
    let cells = [
        file.to_owned(),
        view.map_or("", |view| view.interface).to_owned(),
        inner.map_or_else(String::new, |view| view.type_name.clone()),
        field(&["X-Mms-Transaction-ID", "TransactionID"]),
        inner.and_then(View::message_id).unwrap_or_default(),
        field(&["Date", "TimeStamp"]),
        field(&["From", "Sender"]),
        field(&["To", "Recipients"]),
        field(&["Subject"]),
        inner.map_or_else(String::new, |view| view.leaves.len().to_string()),
        deviations.collect::<Vec<_>>().join(" "),
        shown.as_ref().err().map(ToString::to_string).unwrap_or_default(),
    ];
    cells.map(|text| cell(&text)).join(",")
}

/// A cell that no spreadsheet takes for a formula, and no terminal for a command.
fn cell(text: &str) -> String {
    // A number, and other addresses behind it: nothing that calls a function or a program.
    let first = text.split("; ").next().unwrap_or_default();
    let number = first.strip_prefix('+').map(|number| number.strip_suffix("/TYPE=PLMN").unwrap_or(number));
    let is_number = number.is_some_and(|number| !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit()))
        && text.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"+/=@._-; ".contains(&octet));
    let mark = if text.starts_with(['=', '+', '-', '@']) && !is_number { "'" } else { "" };
    let text = Line(text).to_string();
    if mark.is_empty() && !text.contains([',', '"']) {
        return text;
    }
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}
