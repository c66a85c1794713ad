//! What the namespaces of a document are to MM7.

use super::schema::{SOAP, Schema, is_like_soap};
use crate::xml::namespace::is_of_xml;
use crate::xml::reader;

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

/// What the namespace of a binding is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    space: Space,
    /// It is the namespace of attributes which XML or XML Schema allow in every element.
    is_of_xml: bool,
}

impl Kind {
    pub(super) const fn space(self) -> Space {
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
}
