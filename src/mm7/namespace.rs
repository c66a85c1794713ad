//! What the namespaces of a document are to MM7.

use super::pdu::{is_attribute, is_element};
use super::schema::Schema;
use crate::message::Str;
use crate::xml::namespace::{XSI, is_of_xml, is_uri};
use crate::xml::reader::{self, Meant};

pub(super) const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// SOAP 1.2, which TS 23.140 does not use.
pub(super) const SOAP_12: &str = "http://www.w3.org/2003/05/soap-envelope";

/// Whether this is another name of the SOAP namespace, or another version of it.
pub(super) fn is_like_soap(uri: &str) -> bool {
    const OTHERS: [&str; 3] =
        ["https://schemas.xmlsoap.org/soap/envelope/", "http://schemas.xmlsoap.org/soap/envelope", SOAP_12];
    OTHERS.contains(&uri)
}

/// What namespace the current element is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    None,
    Soap,
    /// Another name of the SOAP namespace, or another version of it.
    LikeSoap,
    /// The namespace of the message.
    Message,
    /// Another one of the family of MM7.
    Family,
    Foreign,
}

/// Whether a namespace that is not one of MM7 may be the one of a message.
pub(super) fn may_be_of_a_message(uri: &str) -> bool {
    let is_plain = uri.bytes().all(|octet| octet.is_ascii_graphic() && octet != b'&') && is_uri(uri);
    let is_other = matches!(uri, "" | SOAP) || is_like_soap(uri) || uri.starts_with("http://www.w3.org/");
    is_plain && !is_other
}

/// What the namespace of a binding is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    space: Space,
    /// It is the namespace of attributes which XML or XML Schema allow in every element.
    is_of_xml: bool,
}

impl Kind {
    pub(super) fn space(self) -> Space {
        self.space
    }
}

impl reader::Kind for Kind {
    fn of(uri: &str, own: &str) -> Self {
        let space = match uri {
            "" => Space::None,
            uri if uri == own => Space::Message,
            SOAP => Space::Soap,
            uri if is_like_soap(uri) => Space::LikeSoap,
            uri if Schema::of_uri(uri).is_some() => Space::Family,
            _ => Space::Foreign,
        };
        let is_of_xml = space == Space::Foreign && is_of_xml(uri);
        Self { space, is_of_xml }
    }

    fn is_foreign(self) -> bool {
        self.space == Space::Foreign
    }

    fn is_of_xml(self) -> bool {
        self.is_of_xml
    }

    fn meant_by_element(name: &str) -> Option<Meant> {
        if ["Envelope", "Header", "Body", "Fault"].contains(&name) {
            return Some(Meant::Other(SOAP));
        }
        is_element(name).then_some(Meant::Own)
    }

    fn meant_by_attribute(name: &str) -> Option<Meant> {
        match name {
            "mustUnderstand" | "encodingStyle" | "actor" => Some(Meant::Other(SOAP)),
            "nil" | "type" | "schemaLocation" | "noNamespaceSchemaLocation" => Some(Meant::Other(XSI)),
            _ => is_attribute(name).then_some(Meant::Own),
        }
    }

    fn usual() -> Str {
        Schema::default().uri().as_ref().into()
    }
}
