//! Messages of MM7 for the benches.

use mms_codec::Bytes;

use crate::noise::noise;

/// Every element of SubmitReq.
const ENVELOPE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/">
  <env:Header>
    <mm7:TransactionID xmlns:mm7="http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4" env:mustUnderstand="1">vasp-1001</mm7:TransactionID>
  </env:Header>
  <env:Body>
    <SubmitReq xmlns="http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4">
      <MM7Version>6.8.0</MM7Version>
      <SenderIdentification>
        <VASPID>acme-media</VASPID>
        <VASID>newsline</VASID>
        <SenderAddress><ShortCode>7255</ShortCode></SenderAddress>
      </SenderIdentification>
      <Recipients>
        <To>
          <Number>+12025550101</Number>
          <RFC2822Address displayOnly="true">desk@example.org</RFC2822Address>
        </To>
        <Cc><Number>+447700900123</Number></Cc>
        <Bcc><ShortCode>9922</ShortCode></Bcc>
      </Recipients>
      <ServiceCode>news-basic</ServiceCode>
      <LinkedID>mo-55021</LinkedID>
      <MessageClass>Informational</MessageClass>
      <TimeStamp>2024-03-05T09:30:47Z</TimeStamp>
      <ReplyCharging replyChargingSize="30720" replyDeadline="P2D"/>
      <EarliestDeliveryTime>2024-03-05T10:00:00+01:00</EarliestDeliveryTime>
      <ExpiryDate>P3DT12H</ExpiryDate>
      <DeliveryReport>true</DeliveryReport>
      <ReadReply>false</ReadReply>
      <Priority>Normal</Priority>
      <Subject>Morning news &amp; more</Subject>
      <ChargedParty>ThirdParty</ChargedParty>
      <ChargedPartyID>sponsor-17</ChargedPartyID>
      <DistributionIndicator>false</DistributionIndicator>
      <DeliveryCondition><DC>1</DC><DC>2</DC></DeliveryCondition>
      <ApplicID>com.example.viewer</ApplicID>
      <ReplyApplicID>com.example.vas</ReplyApplicID>
      <AuxApplicInfo>lang=en</AuxApplicInfo>
      <ContentClass>image-basic</ContentClass>
      <DRMContent>false</DRMContent>
      <Content href="cid:mm-1001@vasp.example.com" allowAdaptations="true"/>
    </SubmitReq>
  </env:Body>
</env:Envelope>"#;

/// The envelope as programs write it, without the white space between elements, which a walk would only skip.
pub(crate) fn compact() -> String {
    ENVELOPE.lines().map(str::trim_start).collect()
}

pub(crate) const BOUNDARY: &str = "outer-7f3a-e5b2-49d1";
pub(crate) const CONTENT_TYPE: &str =
    "multipart/related; boundary=\"outer-7f3a-e5b2-49d1\"; type=\"text/xml\"; start=\"<env-1001@vasp.example.com>\"";

/// The envelope and one attachment.
fn body(headers: &str, content: &[u8]) -> Bytes {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Type: text/xml; charset=\"utf-8\"\r\nContent-ID: <env-1001@vasp.example.com>\r\n\r\n\
         {}\r\n--{BOUNDARY}\r\nContent-ID: <mm-1001@vasp.example.com>\r\n{headers}\r\n\r\n",
        compact()
    );
    [head.as_bytes(), content, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat().into()
}

/// A picture in binary.
pub(crate) fn binary() -> Bytes {
    body("Content-Type: image/jpeg\r\nContent-Transfer-Encoding: binary", &noise())
}

/// Slides and a picture in binary, in a multipart of their own, as schemas have it since release 6.
pub(crate) fn nested() -> Bytes {
    let head = "--inner-51c0-83aa\r\nContent-Type: application/smil\r\n\r\n<smil><body/></smil>\r\n--inner-51c0-83aa\r\n\
        Content-Type: image/jpeg\r\nContent-ID: <picture>\r\nContent-Transfer-Encoding: binary\r\n\r\n";
    let content = [head.as_bytes(), &noise(), b"\r\n--inner-51c0-83aa--"].concat();
    body("Content-Type: multipart/related; boundary=\"inner-51c0-83aa\"; type=\"application/smil\"", &content)
}

/// A picture in base64.
pub(crate) fn in_base64() -> Bytes {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = Vec::new();
    for (index, octet) in noise().iter().cycle().take(400_000).enumerate() {
        text.extend(DIGITS.get(usize::from(octet & 63)));
        if index % 76 == 75 {
            text.extend_from_slice(b"\r\n");
        }
    }
    body("Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64", &text)
}
