using System.Xml;

namespace EcmrGateway.Client.Dialects.Uncefact;

/// <summary>An element that remembers whether a reader took its content over.</summary>
internal sealed class XmlTree(string name, string space, string path)
{
    private const string DeclarationSpace = "http://www.w3.org/2000/xmlns/";
    private const string SchemaSpace = "http://www.w3.org/2001/XMLSchema-instance";

    private readonly Dictionary<string, string> _attributes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _takenAttributes = new(StringComparer.Ordinal);
    private readonly List<XmlTree> _children = [];
    private bool _taken;

    public string Name { get; } = name;

    public string Space { get; } = space;

    /// <summary>From below the root, with a number from 1 where a name repeats.</summary>
    public string Path { get; private set; } = path;

    public string Text { get; private set; } = "";

    public IReadOnlyList<XmlTree> Children => _children;

    /// <summary>The first child of that name; null: there is none.</summary>
    public XmlTree? Child(string child) => _children.Find(element => element.Name == child);

    public IEnumerable<XmlTree> All(string child) => _children.Where(element => element.Name == child);

    /// <summary>The text at the end of a path of names, taken over. Empty: there is none.</summary>
    public string Take(params ReadOnlySpan<string> names)
    {
        var element = this;
        foreach (var each in names)
        {
            if (element.Child(each) is not { } next)
            {
                return "";
            }

            element = next;
        }

        element._taken = true;
        return element.Text;
    }

    /// <summary>Marks the element as taken over.</summary>
    public void MarkTaken() => _taken = true;

    /// <summary>An attribute, taken over. Empty: there is none.</summary>
    public string TakeAttribute(string attribute)
    {
        _takenAttributes.Add(attribute);
        return _attributes.GetValueOrDefault(attribute, "");
    }

    /// <summary>What nobody took: whole elements where nothing inside was taken, single ones else.</summary>
    public IEnumerable<(XmlTree Element, string Path)> Leftovers()
    {
        if (!AnyTaken() && HasContent())
        {
            return [(this, Path)];
        }

        var own = !_taken && Text.Length > 0
            ? [(this, Path)]
            : _attributes.Keys.Where(key => !_takenAttributes.Contains(key)).Select(key => (this, $"{Path}/@{key}"));
        return [.. own, .. _children.SelectMany(child => child.Leftovers())];
    }

    /// <summary>Reads a document within limits: no DTD, no entity, no access to anything outside the stream.</summary>
    /// <exception cref="XmlException">It is not well-formed, has a DTD, or goes beyond a limit.</exception>
    public static XmlTree Read(Stream xml, XmlLimits limits)
    {
        using var reader = XmlReader.Create(xml, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = limits.CharactersMax,
            MaxCharactersFromEntities = 1024,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        });
        XmlTree? root = null;
        var open = new Stack<XmlTree>();
        var elements = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.Depth >= limits.DepthMax:
                    throw new XmlException($"Elements are nested more than {limits.DepthMax} deep.");
                case XmlNodeType.Element when ++elements > limits.ElementsMax:
                    throw new XmlException($"There are more than {limits.ElementsMax} elements.");
                case XmlNodeType.Element:
                    var element = Open(reader, open.TryPeek(out var parent) ? parent : null);
                    root ??= element;
                    if (!reader.IsEmptyElement)
                    {
                        open.Push(element);
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    open.Peek().AddText(reader.Value, limits);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop().NumberChildren();
                    break;
            }
        }

        return root ?? throw new XmlException("There is no element.");
    }

    private static XmlTree Open(XmlReader reader, XmlTree? parent)
    {
        var element = new XmlTree(reader.LocalName, reader.NamespaceURI, "");
        parent?._children.Add(element);
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            // Declarations of name spaces, and where a schema may be found: not content, and never followed.
            if (reader.NamespaceURI is not (DeclarationSpace or SchemaSpace))
            {
                element._attributes[reader.LocalName] = reader.Value;
            }
        }

        reader.MoveToElement();
        return element;
    }

    private void AddText(string text, XmlLimits limits)
    {
        if (Text.Length + text.Length > limits.TextMax)
        {
            throw new XmlException($"An element has more than {limits.TextMax} characters of text.");
        }

        Text = (Text + text).Trim();
    }

    private void NumberChildren()
    {
        foreach (var same in _children.GroupBy(child => child.Name))
        {
            var number = 0;
            var single = same.Count() == 1;
            foreach (var child in same)
            {
                child.Path = single ? child.Name : $"{child.Name}[{++number}]";
            }
        }
    }

    /// <summary>Makes the paths whole, once the document is read.</summary>
    public void CompletePaths()
    {
        foreach (var child in _children)
        {
            child.Path = Path.Length == 0 ? child.Path : $"{Path}/{child.Path}";
            child.CompletePaths();
        }
    }

    private bool AnyTaken() => _taken || _takenAttributes.Count > 0 || _children.Exists(child => child.AnyTaken());

    private bool HasContent() => Text.Length > 0 || _attributes.Count > 0
        || _children.Exists(child => child.HasContent());
}

/// <param name="CharactersMax">Characters of the document.</param>
/// <param name="TextMax">Characters of text in one element.</param>
internal sealed record XmlLimits(int CharactersMax, int DepthMax, int ElementsMax, int TextMax);
