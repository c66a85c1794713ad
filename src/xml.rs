//! XML whatever a document is about: characters, names, attributes, declarations, namespaces; a reader and a
//! writer (XML 1.0, fifth edition; Namespaces in XML 1.0, third edition).

pub(crate) mod attribute;
#[cfg(feature = "mm7")]
pub(crate) mod document;
#[cfg(feature = "mm7")]
pub(crate) mod entity;
pub(crate) mod name;
#[cfg(feature = "mm7")]
pub(crate) mod namespace;
#[cfg(feature = "mm7")]
pub(crate) mod reader;
pub(crate) mod syntax;
#[cfg(feature = "mm7")]
pub(crate) mod token;
#[cfg_attr(not(feature = "mm7"), allow(dead_code, reason = "SMIL writes elements and attributes only"))]
pub(crate) mod writer;
