//! Parsed source files: the paths and strings that they mention, and the modules that they declare.

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree};

/// A source file without its `#[cfg(test)]` parts.
#[derive(Clone, Debug, Default)]
pub(super) struct SourceFile {
    /// Path from the workspace's root.
    pub(super) path: String,
    /// Module path within the crate; empty for `lib.rs`.
    pub(super) module: Vec<String>,
    /// Paths, in imports and elsewhere. A method call is the path `.::method`.
    pub(super) mentions: Vec<Mention>,
    pub(super) imports: Vec<Import>,
    /// String literals with their lines.
    pub(super) strings: Vec<(usize, String)>,
    pub(super) declared: Vec<ModuleDeclaration>,
}

/// A path such as `crate::store::open`, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) segments: Vec<String>,
    pub(super) line: usize,
    /// The module that the path is relative to, which may be inline.
    pub(super) module: Vec<String>,
    /// True when the path is under `#[cfg(feature = "demo")]` in this file.
    pub(super) is_demo: bool,
}

/// A name bound by a `use` outside inline modules, which another file may import from here.
#[derive(Clone, Debug)]
pub(super) struct Import {
    pub(super) name: String,
    pub(super) segments: Vec<String>,
}

/// `mod name;`.
#[derive(Clone, Debug)]
pub(super) struct ModuleDeclaration {
    pub(super) name: String,
    pub(super) is_test: bool,
    pub(super) is_demo: bool,
}

impl SourceFile {
    /// Parses the file at this path, which belongs to the crate in `folder`.
    pub(super) fn parse(folder: &str, path: &str, text: &str) -> Self {
        let syntax = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let module = module_path(folder, path);
        let mut reader = Reader {
            module: module.clone(),
            demo_depth: 0,
            inline_depth: 0,
            file: Self {
                path: path.to_owned(),
                module,
                ..Self::default()
            },
        };
        reader.visit_file(&syntax);
        reader.file
    }
}

/// Module path of a file below `src`: `lib.rs` is the root, other targets are below `bin`.
fn module_path(folder: &str, path: &str) -> Vec<String> {
    let inside = path
        .strip_prefix(folder)
        .and_then(|rest| rest.strip_prefix("/src/"))
        .and_then(|rest| rest.strip_suffix(".rs"))
        .unwrap_or_else(|| panic!("{path} is not a source file of {folder}"));
    match inside {
        "lib" => Vec::new(),
        "main" => vec!["bin".to_owned(), "main".to_owned()],
        _ => inside.split('/').map(str::to_owned).collect(),
    }
}

struct Reader {
    module: Vec<String>,
    /// Number of enclosing items under `#[cfg(feature = "demo")]`.
    demo_depth: usize,
    /// Number of enclosing inline modules.
    inline_depth: usize,
    file: SourceFile,
}

impl Reader {
    fn mention(&mut self, segments: Vec<String>, line: usize) {
        self.file.mentions.push(Mention {
            segments,
            line,
            module: self.module.clone(),
            is_demo: self.demo_depth > 0,
        });
    }

    fn import(&mut self, prefix: &[String], tree: &UseTree) {
        let path_with = |name: String| [prefix, &[name]].concat();
        match tree {
            UseTree::Path(path) => self.import(&path_with(path.ident.to_string()), &path.tree),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(prefix, tree);
                }
            }
            UseTree::Name(name) => {
                let line = name.ident.span().start().line;
                let name = name.ident.to_string();
                // `use a::{self}` imports `a`.
                let (segments, name) = match (name.as_str(), prefix.last()) {
                    ("self", Some(last)) => (prefix.to_vec(), last.clone()),
                    _ => (path_with(name.clone()), name),
                };
                self.bind(segments, name, line);
            }
            UseTree::Rename(rename) => {
                let line = rename.ident.span().start().line;
                let (segments, name) = (
                    path_with(rename.ident.to_string()),
                    rename.rename.to_string(),
                );
                self.bind(segments, name, line);
            }
            UseTree::Glob(glob) => self.mention(prefix.to_vec(), glob.span().start().line),
        }
    }

    fn bind(&mut self, segments: Vec<String>, name: String, line: usize) {
        if self.inline_depth == 0 {
            let segments = segments.clone();
            self.file.imports.push(Import { name, segments });
        }
        self.mention(segments, line);
    }

    /// Collects paths and strings of tokens that syn does not parse: macro calls and attributes.
    fn scan_tokens(&mut self, tokens: TokenStream) {
        let mut segments = Vec::new();
        let (mut line, mut colons) = (0, 0);
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Ident(ident) => {
                    if colons != 2 || segments.is_empty() {
                        self.flush_path(&mut segments, line);
                        line = ident.span().start().line;
                    }
                    colons = 0;
                    segments.push(ident.to_string());
                }
                other => {
                    self.flush_path(&mut segments, line);
                    colons = 0;
                    match other {
                        TokenTree::Group(group) => self.scan_tokens(group.stream()),
                        TokenTree::Literal(literal) => {
                            let line = literal.span().start().line;
                            self.file.strings.push((line, literal.to_string()));
                        }
                        TokenTree::Punct(_) | TokenTree::Ident(_) => {}
                    }
                }
            }
        }
        self.flush_path(&mut segments, line);
    }

    fn flush_path(&mut self, segments: &mut Vec<String>, line: usize) {
        if segments.len() > 1 {
            self.mention(std::mem::take(segments), line);
        }
        segments.clear();
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = attributes(item);
        if has_cfg(attributes, "test") {
            if let Item::Mod(module) = item {
                self.declare(module, true);
            }
            return;
        }
        let is_demo = usize::from(has_cfg(attributes, "feature=\"demo\""));
        self.demo_depth += is_demo;
        visit::visit_item(self, item);
        self.demo_depth -= is_demo;
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.declare(module, false);
        self.module.push(module.ident.to_string());
        self.inline_depth += 1;
        visit::visit_item_mod(self, module);
        self.inline_depth -= 1;
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string());
        self.mention(segments.collect(), path.span().start().line);
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let method = call.method.to_string();
        self.mention(
            vec![".".to_owned(), method],
            call.method.span().start().line,
        );
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        visit::visit_macro(self, call);
        self.scan_tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.scan_tokens(list.tokens.clone());
        }
    }

    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        let line = literal.span().start().line;
        self.file.strings.push((line, literal.value()));
    }

    fn visit_stmt(&mut self, statement: &'ast syn::Stmt) {
        let is_demo = match statement {
            syn::Stmt::Local(local) => has_cfg(&local.attrs, "feature=\"demo\""),
            _ => false,
        };
        self.demo_depth += usize::from(is_demo);
        visit::visit_stmt(self, statement);
        self.demo_depth -= usize::from(is_demo);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        let is_demo = usize::from(has_cfg(&arm.attrs, "feature=\"demo\""));
        self.demo_depth += is_demo;
        visit::visit_arm(self, arm);
        self.demo_depth -= is_demo;
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if !has_cfg(&function.attrs, "test") {
            visit::visit_impl_item_fn(self, function);
        }
    }
}

impl Reader {
    fn declare(&mut self, module: &syn::ItemMod, is_test: bool) {
        if module.content.is_none() && self.inline_depth == 0 {
            self.file.declared.push(ModuleDeclaration {
                name: module.ident.to_string(),
                is_test,
                is_demo: has_cfg(&module.attrs, "feature=\"demo\""),
            });
        }
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// True when one of the attributes is `#[cfg(condition)]`; `condition` is written without spaces.
fn has_cfg(attributes: &[Attribute], condition: &str) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("cfg") => {
            list.tokens.to_string().replace(' ', "") == condition
        }
        _ => false,
    })
}

#[test]
fn mentions_come_from_imports_paths_macros_and_attributes_but_not_from_tests() {
    let text = r#"
        use crate::a::{self, B as C};
        #[arg(value_parser = crate::d::parse)]
        fn f() { println!("{}", super::e::G); H::now(); self::i::j(); }
        #[cfg(test)]
        mod tests { use crate::secret::X; }
        #[cfg(test)]
        mod more;
        #[cfg(feature = "demo")]
        mod demo;
    "#;
    let file = SourceFile::parse("app/x", "app/x/src/k/l.rs", text);
    assert_eq!(file.module, ["k", "l"]);
    let found: Vec<_> = file
        .mentions
        .iter()
        .map(|mention| (mention.line, mention.segments.join("::")))
        .collect();
    for expected in [
        (2, "crate::a"),
        (2, "crate::a::B"),
        (3, "crate::d::parse"),
        (4, "super::e::G"),
        (4, "H::now"),
        (4, "self::i::j"),
    ] {
        let expected = (expected.0, expected.1.to_owned());
        assert!(
            found.contains(&expected),
            "{expected:?} is missing in {found:?}"
        );
    }
    assert!(
        !found.iter().any(|(_, path)| path.contains("secret")),
        "{found:?}"
    );
    let declared: Vec<_> = file
        .declared
        .iter()
        .map(|module| (module.name.as_str(), module.is_test, module.is_demo))
        .collect();
    assert_eq!(declared, [("more", true, false), ("demo", false, true)]);
}
