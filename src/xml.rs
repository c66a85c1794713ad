//! XML whatever a document is about: characters, names, attributes, declarations, namespaces; a reader and a
//! writer (XML 1.0, fifth edition; Namespaces in XML 1.0, third edition).

pub(crate) mod attribute;
#[cfg(feature = "mm7")]
pub(crate) mod document;
pub(crate) mod entity;
pub(crate) mod name;
#[cfg(feature = "mm7")]
pub(crate) mod namespace;
#[cfg(feature = "mm7")]
pub(crate) mod reader;
pub(crate) mod syntax;
#[cfg(feature = "mm7")]
pub(crate) mod token;
pub(crate) mod writer;
