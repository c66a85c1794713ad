//! A delivery report of another operator becomes one for a phone and one for a service provider.

use std::error::Error;

use mms_codec::message::Timestamp;
use mms_codec::mm1::Version;
use mms_codec::mm7::Envelope;
use mms_codec::relay::{self, ReportReceipt, Service};
use mms_codec::{Bytes, mm1, mm4, mm7};

fn main() -> Result<(), Box<dyn Error>> {
    let mail = Bytes::from(std::fs::read("tests/vectors/mm4/delivery_report_req.eml")?);
    let mm4::Pdu::DeliveryReportReq(report) = mm4::decode(&mail)?.value else {
        return Err("not a delivery report".into());
    };
    let receipt = ReportReceipt { arrived: Timestamp::from_seconds(1_709_631_100), recipient: None };

    // `None` where the operator of the originator asked for the report, and the originator did not.
    let not_for_originator = "not for the originator";
    let to_phone = relay::delivery_report_to_mm1(report.clone(), &receipt, Version::V1_2).ok_or(not_for_originator)?;
    println!("to the phone: {} octets", mm1::encode(&to_phone.pdu)?.len());
    to_phone.lost.iter().for_each(|lost| println!("  {lost}"));

    let service = Service { vasp_id: Some("acme-media".into()), ..Service::default() };
    let to_provider = relay::delivery_report_to_mm7(report, &receipt, service).ok_or(not_for_originator)?;
    let request = mm7::encode(&Envelope::new("relay-1", to_provider.pdu))?;
    println!("to the provider: {}", String::from_utf8_lossy(&request.body()));
    Ok(())
}
