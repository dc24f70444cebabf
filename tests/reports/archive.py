"""What of PDF/A-3a (ISO 19005-3, level A) and PDF/UA-1 (ISO 14289-1) can be read from a
file with pikepdf. A checker like veraPDF looks at more: glyph widths, colours of each
operator, the sense of the reading order."""

import io
import re

import pikepdf

STANDARD = re.compile(
    "Document|Part|Art|Sect|Div|BlockQuote|Caption|TOCI?|Index|NonStruct|Private|P|H"
    "|H[1-6]|L|LI|Lbl|LBody|Table|TR|TH|TD|THead|TBody|TFoot|Span|Quote|Note|Reference"
    "|BibEntry|Code|Link|Annot|Ruby|RB|RT|RP|Warichu|WT|WP|Figure|Formula|Form"
)
ACTIONS = re.compile(
    "/(Launch|Sound|Movie|ResetForm|ImportData|JavaScript|Hide|SetOCGState|Rendition"
    "|Trans|GoTo3DView)"
)
PAINTS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "s", "S"}
PAINTS |= {"sh", "Do", "BI"}
HEX = r"<([0-9A-Fa-f]+)>"


def faults(content, lang=None):
    """Sentences on what is missing; nothing when all that is looked at is there."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [str(problem) for problem in pdf.check_pdf_syntax()]
        for look in (_file, _metadata, _colours, _objects, _fonts, _pages, _structure):
            found += look(pdf)
        if not re.match(rb"%PDF-1\.[4-7]\n%[\x80-\xff]{4}", content):
            found.append("header without its binary mark")
        if lang and str(pdf.Root.get("/Lang")) != lang:
            found.append(f"language {pdf.Root.get('/Lang')}")
    return found


def _file(pdf):
    root = pdf.Root
    checks = {
        "encrypted": pdf.is_encrypted,
        "no identifier": "/ID" not in pdf.trailer,
        "not marked": not root.get("/MarkInfo", {}).get("/Marked"),
        "no language": not root.get("/Lang"),
        "title not shown": not root.get("/ViewerPreferences", {}).get(
            "/DisplayDocTitle"
        ),
        "actions of the file": "/AA" in root or "/JavaScript" in root.get("/Names", {}),
        "a form": "/AcroForm" in root,
        "files without their relation": any(
            "/AFRelationship" not in spec for spec in _files(root)
        ),
    }
    return [name for name, is_so in checks.items() if is_so]


def _files(root):
    names = root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    return [spec for spec in names if isinstance(spec, pikepdf.Dictionary)]


def _metadata(pdf):
    """What the file says of itself, twice and the same."""
    xmp, info, found = pdf.open_metadata(), pdf.docinfo, []
    part, level = (xmp.get(f"pdfaid:{name}") for name in ("part", "conformance"))
    if (part, level) != ("3", "A"):
        found.append(f"says PDF/A-{part}{level}")
    if not info.get("/Title") or xmp.get("dc:title") != str(info.Title):
        found.append(f"titles {xmp.get('dc:title')} and {info.get('/Title')}")
    for name, twin in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")):
        days = {_digits(info.get(name)), _digits(xmp.get(f"xmp:{twin}"))}
        if len(days - {""}) > 1:
            found.append(f"{name} is not {twin}")
    return found


def _digits(day):
    return re.sub(r"\D", "", str(day or ""))[:14]


def _colours(pdf):
    intents = [
        intent
        for intent in pdf.Root.get("/OutputIntents", [])
        if intent.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in intent
    ]
    if len(intents) != 1:
        return [f"{len(intents)} output intents"]
    profile = intents[0].DestOutputProfile
    head = profile.read_bytes()[:40]
    if head[36:40] != b"acsp" or head[16:20] != b"RGB " or profile.N != 3:
        return ["the colour profile is not one of three colours"]
    return []


def _objects(pdf):
    found = []
    for thing in pdf.objects:
        if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            continue
        if isinstance(thing, pikepdf.Stream):
            found += _stream(thing)
        if thing.get("/Type") in (None, "/Action") and ACTIONS.fullmatch(
            str(thing.get("/S"))
        ):
            found.append(f"action {thing.S}")
        if thing.get("/Type") == "/ExtGState" and {"/TR", "/HTP"} & set(thing.keys()):
            found.append("transfer function or halftone")
    return found


def _stream(stream):
    found, filters = [], stream.get("/Filter", [])
    filters = (
        {str(filters)} if isinstance(filters, pikepdf.Name) else set(map(str, filters))
    )
    if filters & {"/LZWDecode", "/Crypt"} or "/F" in stream:
        found.append(f"stream kept elsewhere or by {filters}")
    if stream.get("/Subtype") == "/PS" or {"/OPI", "/Alternates", "/Ref"} & set(
        stream.keys()
    ):
        found.append("picture of a kind that is not archived")
    if stream.get("/Interpolate"):
        found.append("smoothed picture")
    if stream.get("/ColorSpace") == "/DeviceCMYK":
        found.append("picture in four colours")
    return found


def _fonts(pdf):
    found = []
    for font in pdf.objects:
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != "/Font":
            continue
        name = font.get("/BaseFont", font.get("/Name"))
        if font.Subtype in ("/CIDFontType0", "/CIDFontType2"):
            letters = font.FontDescriptor
            if not {"/FontFile2", "/FontFile3"} & set(letters.keys()):
                found.append(f"{name} is not in the file")
            if font.Subtype == "/CIDFontType2" and "/CIDToGIDMap" not in font:
                found.append(f"{name} does not say which glyph is which")
        elif font.Subtype == "/Type0":
            if "/ToUnicode" not in font:
                found.append(f"{name} cannot be read as text")
        elif font.Subtype != "/Type3":
            found.append(f"{name} of kind {font.Subtype}")
    return found


def _letters(font):
    """``{code: text}`` by which the glyphs of a font are read."""
    if font.Subtype != "/Type0" or "/ToUnicode" not in font:
        return None
    table = font.ToUnicode.read_bytes().decode("latin-1")
    known = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        known |= {int(a, 16): b for a, b in re.findall(rf"{HEX}\s*{HEX}", block)}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, text in re.findall(rf"{HEX}\s*{HEX}\s*{HEX}", block):
            known |= dict.fromkeys(range(int(first, 16), int(last, 16) + 1), text)
    return known


def _pages(pdf):
    found = []
    for number, page in enumerate(pdf.pages, 1):
        notes = [_note(note) for note in page.get("/Annots", [])]
        found += [f"page {number}: {fault}" for fault in filter(None, notes)]
        if notes and page.get("/Tabs") != "/S":
            found.append(f"page {number}: links are not in the order of the text")
        found += [f"page {number}: {fault}" for fault in _content(page)]
        if "/StructParents" not in page:
            found.append(f"page {number}: not in the structure")
    return found


def _note(note):
    if note.get("/Subtype") != "/Link":
        return f"annotation {note.get('/Subtype')}"
    if not note.get("/F", 0) & 4 or note.get("/F", 0) & 0b100011:
        return "a link that is not printed"
    return None if note.get("/Contents") else "a link without a word on it"


def _content(page, depth=0):
    """Everything painted is text of the structure or marked as decoration; every
    letter is a glyph that there is, and can be read."""
    table, tables, found = None, {}, set()
    resources = page.get("/Resources", {})
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            depth += 1
        elif name == "EMC":
            depth -= 1
        elif name == "Tf":
            key = str(operands[0])
            if key not in tables:
                tables[key] = _letters(resources.Font[key])
            table = tables[key]
        elif name in PAINTS and not depth:
            found.add(f"{name} outside of what is marked")
        if name in ("Tj", "TJ") and table is not None:
            found |= _unread(operands[0], table)
        if name == "Do":
            drawn = resources.XObject[str(operands[0])]
            if drawn.Subtype == "/Form":
                found |= set(_content(drawn, depth))
    return sorted(found)


def told(content):
    """What the pages say by their own tables, without blanks: what a screen reader
    or a search is given."""
    said, table = [], None
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    table = _letters(page.Resources.Font[str(operands[0])])
                elif str(operator) in ("Tj", "TJ"):
                    said += [table[glyph] for glyph in _glyphs(operands[0])]
    text = bytes.fromhex("".join(said)).decode("utf-16-be")
    return "".join(text.replace("\u2060", "").split())


def _glyphs(shown):
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    codes = b"".join(bytes(p) for p in parts if isinstance(p, pikepdf.String))
    return [int.from_bytes(codes[i : i + 2]) for i in range(0, len(codes), 2)]


def _unread(shown, table):
    glyphs = set(_glyphs(shown))
    found = {"a letter that no font has"} if 0 in glyphs else set()
    if unread := glyphs - set(table) - {0}:
        found.add(f"glyphs {sorted(unread)} are not told as text")
    if {table.get(glyph, "").upper() for glyph in glyphs} & {"0000", "FEFF", "FFFE"}:
        found.add("a glyph told as no letter")
    return found


def _structure(pdf):
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is None:
        return ["no structure"]
    roles, found, level = tree.get("/RoleMap", {}), [], 0
    for element in elements(tree):
        kind = str(element.S)
        kind = str(roles.get(kind, kind))[1:]
        if not STANDARD.fullmatch(kind):
            found.append(f"element {kind}")
        if kind == "Figure" and not str(element.get("/Alt", "")).strip():
            found.append("a picture that is not told in words")
        if kind == "TH" and _attribute(element, "/Scope") not in ("/Column", "/Row"):
            found.append("a heading of a table without its direction")
        if kind == "TR" and not {"/TH", "/TD"} >= {str(k.S) for k in kids(element)}:
            found.append("a row of something else than cells")
        if kind == "LI" and not {"/Lbl", "/LBody"} >= {str(k.S) for k in kids(element)}:
            found.append("an item of something else than its mark and its text")
        if re.fullmatch(r"H\d", kind):
            if int(kind[1]) > level + 1:
                found.append(f"{kind} after H{level}")
            level = int(kind[1])
    return found


def _attribute(element, name):
    attributes = element.get("/A", [])
    if isinstance(attributes, pikepdf.Dictionary):
        attributes = [attributes]
    return next((str(a[name]) for a in attributes if name in a), None)


def kids(element):
    """Elements right under this one; what is no element is content."""
    below = element.get("/K", [])
    below = below if isinstance(below, pikepdf.Array) else [below]
    return [k for k in below if isinstance(k, pikepdf.Dictionary) and "/S" in k]


def elements(element):
    for kid in kids(element):
        yield kid
        yield from elements(kid)
