//! What XML itself says of characters, names, attributes, declarations and namespaces, whatever a document is
//! about (XML 1.0, fifth edition; Namespaces in XML 1.0, third edition).

pub(crate) mod attribute;
pub(crate) mod name;
#[cfg(feature = "mm7")]
pub(crate) mod namespace;
pub(crate) mod syntax;
