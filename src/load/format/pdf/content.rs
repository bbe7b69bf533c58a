//! The content of a PDF's pages: runs the instructions that show text, and collects the glyphs with their places.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{
    Array, Dict, Name, Number, Object, ObjectIdentifier, Stream, String as PdfString,
};
use hayro_syntax::page::{Page, Resources};

use crate::load::format::pdf::font::PdfFont;
use crate::load::format::pdf::layout::PlacedGlyph;

/// How deep forms may stand in forms.
const MAX_FORM_DEPTH: usize = 8;

/// How many glyphs, forms, saved states and open marks a file may have; what comes after them is left out.
const MAX_GLYPHS: usize = 8_000_000;
const MAX_FORMS: usize = 20_000;
const MAX_STATES: usize = 512;
const MAX_MARKS: usize = 64;

/// A transformation `[a b c d e f]`: x' = ax + cy + e, y' = bx + dy + f.
#[derive(Clone, Copy, Debug)]
struct Matrix([f64; 6]);

impl Matrix {
    const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This transformation, then another one.
    fn then(self, next: Self) -> Self {
        let [xx, xy, yx, yy, shift_x, shift_y] = next.0;
        let turn = |dx: f64, dy: f64| [dx * xx + dy * yx, dx * xy + dy * yy];
        let right = turn(self.0[0], self.0[1]);
        let up = turn(self.0[2], self.0[3]);
        let origin = turn(self.0[4], self.0[5]);
        Self([right[0], right[1], up[0], up[1], origin[0] + shift_x, origin[1] + shift_y])
    }
}

/// What `q` saves and `Q` restores.
#[derive(Clone)]
struct TextState {
    /// From the space of the content to points from the top left corner of the page.
    page: Matrix,
    font: Option<Rc<PdfFont>>,
    size: f64,
    character_spacing: f64,
    word_spacing: f64,
    /// The horizontal scale; 1 is usual.
    scale: f64,
    leading: f64,
    rise: f64,
    /// Whether it is part of a form that stands beside the text.
    is_artifact: bool,
}

impl TextState {
    fn new(page: Matrix) -> Self {
        Self {
            page,
            font: None,
            size: 0.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            is_artifact: false,
        }
    }
}

/// Reads pages one after another; fonts are read once.
#[derive(Default)]
pub(crate) struct ContentReader {
    fonts: HashMap<ObjectIdentifier, Rc<PdfFont>>,
    glyphs: Vec<PlacedGlyph>,
    all_glyphs: usize,
    all_forms: usize,
}

impl ContentReader {
    /// The glyphs of a page, in the order in which they are drawn.
    pub(crate) fn read_page(&mut self, page: &Page) -> Vec<PlacedGlyph> {
        /// How far beside its page a glyph may begin, in points.
        const MAX_OUTSIDE: f64 = 2.0;
        let matrix = Matrix(page.initial_transform(true).as_coeffs());
        if let Some(content) = page.page_stream() {
            self.read(content, page.resources(), TextState::new(matrix), 0);
        }
        let (width, height) = page.render_dimensions();
        let is_on = |at: f64, length: f32| at >= -MAX_OUTSIDE && at <= f64::from(length) + MAX_OUTSIDE;
        let mut glyphs = std::mem::take(&mut self.glyphs);
        // Marks for the printer stand beside the page. A place that is no number is nowhere.
        glyphs
            .retain(|it| is_on(it.x, width) && is_on(it.y, height) && it.size > 0.0 && it.width.is_finite());
        glyphs
    }

    /// Reads the content of a page or a form.
    fn read(&mut self, content: &[u8], resources: &Resources, state: TextState, depth: usize) {
        let mut run = ContentRun {
            reader: self,
            resources,
            fonts: HashMap::new(),
            states: Vec::new(),
            state,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marks: Vec::new(),
            ignored_marks: 0,
            depth,
        };
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            if run.reader.all_glyphs > MAX_GLYPHS {
                return;
            }
            run.apply(&instruction);
        }
    }
}

/// What a marked part of the content is.
enum ContentMark {
    Plain,
    /// A running head, a page number, an ornament.
    Artifact,
    /// Text that is shown by other glyphs; `None` once it was taken.
    Replaced(Option<String>),
}

/// The state while a page or a form is read.
struct ContentRun<'r, 'a> {
    reader: &'r mut ContentReader,
    resources: &'r Resources<'a>,
    /// The fonts of these resources that were used.
    fonts: HashMap<Vec<u8>, Option<Rc<PdfFont>>>,
    states: Vec<TextState>,
    state: TextState,
    text: Matrix,
    line: Matrix,
    marks: Vec<ContentMark>,
    /// How many marks are open that were too many to keep.
    ignored_marks: usize,
    depth: usize,
}

impl ContentRun<'_, '_> {
    fn apply(&mut self, instruction: &TypedInstruction) {
        use TypedInstruction as I;
        match instruction {
            I::SaveState(_) if self.states.len() < MAX_STATES => self.states.push(self.state.clone()),
            I::RestoreState(_) => self.state = self.states.pop().unwrap_or_else(|| self.state.clone()),
            I::Transform(it) => {
                self.state.page = matrix([it.0, it.1, it.2, it.3, it.4, it.5]).then(self.state.page);
            }
            I::BeginText(_) => self.set_line(Matrix::IDENTITY),
            I::SetTextMatrix(it) => self.set_line(matrix([it.0, it.1, it.2, it.3, it.4, it.5])),
            I::NextLine(it) => self.next_line(it.0.as_f64(), it.1.as_f64()),
            I::NextLineAndSetLeading(it) => {
                self.state.leading = -it.1.as_f64();
                self.next_line(it.0.as_f64(), it.1.as_f64());
            }
            I::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            I::CharacterSpacing(it) => self.state.character_spacing = it.0.as_f64(),
            I::WordSpacing(it) => self.state.word_spacing = it.0.as_f64(),
            I::HorizontalScaling(it) => self.state.scale = it.0.as_f64() / 100.0,
            I::TextLeading(it) => self.state.leading = it.0.as_f64(),
            I::TextRise(it) => self.state.rise = it.0.as_f64(),
            I::TextFont(it) => {
                self.state.font = self.font(it.0);
                self.state.size = it.1.as_f64();
            }
            I::ShowText(it) => self.show(it.0),
            I::NextLineAndShowText(it) => {
                self.next_line(0.0, -self.state.leading);
                self.show(it.0);
            }
            I::ShowTextWithParameters(it) => {
                self.state.word_spacing = it.0.as_f64();
                self.state.character_spacing = it.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(it.2);
            }
            I::ShowTexts(it) => self.show_all(it.0),
            I::XObject(it) => self.read_form(it.0),
            I::BeginMarkedContent(it) => self.begin_mark(mark(it.0, None)),
            I::BeginMarkedContentWithProperties(it) => {
                let properties = match it.1 {
                    Object::Dict(properties) => Some(properties.clone()),
                    Object::Name(name) => self.resources.properties.get::<Dict>(name),
                    _ => None,
                };
                self.begin_mark(mark(it.0, properties.as_ref()));
            }
            I::EndMarkedContent(_) if self.ignored_marks > 0 => self.ignored_marks -= 1,
            I::EndMarkedContent(_) => drop(self.marks.pop()),
            _ => {}
        }
    }

    fn begin_mark(&mut self, mark: ContentMark) {
        if self.marks.len() < MAX_MARKS { self.marks.push(mark) } else { self.ignored_marks += 1 }
    }

    fn set_line(&mut self, matrix: Matrix) {
        (self.text, self.line) = (matrix, matrix);
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.set_line(Matrix::shift(x, y).then(self.line));
    }

    /// The font of a name; `None` if there is none.
    fn font(&mut self, name: &Name) -> Option<Rc<PdfFont>> {
        if let Some(known) = self.fonts.get(name.as_ref()) {
            return known.clone();
        }
        let font = self.resources.get_font(name).map(|dict| match dict.obj_id() {
            Some(id) => {
                Rc::clone(self.reader.fonts.entry(id).or_insert_with(|| Rc::new(PdfFont::new(&dict))))
            }
            None => Rc::new(PdfFont::new(&dict)),
        });
        self.fonts.insert(name.to_vec(), font.clone());
        font
    }

    /// Shows strings, with distances between them in thousandths of the size.
    fn show_all(&mut self, strings: &Array) {
        for item in strings.iter::<Object>() {
            match item {
                Object::String(string) => self.show(&string),
                Object::Number(distance) => {
                    let shift = -distance.as_f64() / 1000.0 * self.state.size * self.state.scale;
                    self.text = Matrix::shift(shift, 0.0).then(self.text);
                }
                _ => {}
            }
        }
    }

    /// Shows a string.
    fn show(&mut self, string: &PdfString) {
        let Some(font) = self.state.font.clone() else { return };
        let TextState { page, size, character_spacing, word_spacing, scale, rise, .. } = self.state;
        for glyph in font.glyphs(string) {
            let place = Matrix([size * scale, 0.0, 0.0, size, 0.0, rise]).then(self.text).then(page);
            let [across, turn, _, up, x, y] = place.0;
            // Letters that stand on their side are those of stamps and watermarks.
            if turn.abs() <= across.abs() {
                let width = glyph.width * across.abs();
                self.place(glyph.text, x, y, width, up.abs() * font.height);
            }
            let word_spacing = if glyph.is_word_space { word_spacing } else { 0.0 };
            let shift = (glyph.width * size + character_spacing + word_spacing) * scale;
            self.text = Matrix::shift(shift, 0.0).then(self.text);
        }
    }

    fn is_artifact(&self) -> bool {
        self.state.is_artifact || self.marks.iter().any(|it| matches!(it, ContentMark::Artifact))
    }

    /// Adds a glyph, with the text that its mark gives it.
    fn place(&mut self, text: Option<String>, x: f64, y: f64, width: f64, size: f64) {
        let is_artifact = self.is_artifact();
        let replaced = self.marks.iter_mut().find_map(|it| match it {
            ContentMark::Replaced(text) => Some(text.take().unwrap_or_default()),
            ContentMark::Plain | ContentMark::Artifact => None,
        });
        self.reader.all_glyphs += 1;
        if let Some(mut text) = replaced.or(text) {
            if text.contains(is_symbol) {
                // A font of symbols has its bullets where other fonts have nothing.
                text = text.replace(is_symbol, "•");
            }
            self.reader.glyphs.push(PlacedGlyph { text, x, y, width, size, is_artifact });
        }
    }

    /// Reads a form, a piece of content with a name.
    fn read_form(&mut self, name: &Name) {
        if self.depth >= MAX_FORM_DEPTH || self.reader.all_forms >= MAX_FORMS {
            return;
        }
        let is_form = |it: &Stream| it.dict().get::<Name>("Subtype").as_deref() == Some(b"Form");
        let Some(form) = self.resources.get_x_object(name).filter(is_form) else { return };
        let Ok(content) = form.decoded_data() else { return };
        self.reader.all_forms += 1;
        let own = form.dict().get::<[f64; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix);
        let (page, is_artifact) = (own.then(self.state.page), self.is_artifact());
        let state = TextState { page, is_artifact, ..self.state.clone() };
        match form.dict().get::<Dict>("Resources") {
            Some(resources) => self.reader.read(&content, &Resources::new(resources), state, self.depth + 1),
            None => self.reader.read(&content, self.resources, state, self.depth + 1),
        }
    }
}

/// Whether a character is for private use, as the glyphs of symbol fonts are.
fn is_symbol(ch: char) -> bool {
    matches!(ch, '\u{F000}'..='\u{F0FF}')
}

fn matrix(numbers: [Number; 6]) -> Matrix {
    Matrix(numbers.map(|it| it.as_f64()))
}

/// What a mark says of the content after it.
fn mark(tag: &Name, properties: Option<&Dict>) -> ContentMark {
    let replacement = properties.and_then(|it| it.get::<PdfString>("ActualText"));
    match replacement {
        _ if &**tag == b"Artifact" => ContentMark::Artifact,
        Some(text) => ContentMark::Replaced(Some(decode_text(&text))),
        None => ContentMark::Plain,
    }
}

/// A text of the file's structure: UTF-16 with a mark, UTF-8 with a mark, or else nearly Latin-1.
fn decode_text(bytes: &[u8]) -> String {
    encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned()
}
