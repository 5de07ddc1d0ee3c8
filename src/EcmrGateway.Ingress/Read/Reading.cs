using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using EcmrGateway.Notes.Rules;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace EcmrGateway.Ingress.Read;

/// <summary>Turns a message of the wire into a domain type.</summary>
internal delegate T ReadMessage<in TWire, out T>(TWire wire, Reading reading);

/// <summary>One reading of a note: where in the note we are, and what was found so far.</summary>
/// <remarks>
/// A path is put together only when there is something to report; until then it is a stack of names and indexes.
/// </remarks>
internal sealed partial class Reading
{
    /// <summary>Most findings that are listed; a note with more is no better known.</summary>
    private const int FindingsMax = 100;

    private const int WholeMessage = -1;

    private PathStack _path;

    private int _depth;

    private List<Finding>? _findings;

    public IReadOnlyList<Finding> Findings => _findings ?? (IReadOnlyList<Finding>)[];

    /// <summary>A message that may be absent.</summary>
    public T? One<TWire, T>(string field, TWire? wire, ReadMessage<TWire, T> read)
        where TWire : class
        where T : class
    {
        if (wire is null)
        {
            return null;
        }

        Enter(field, WholeMessage);
        var value = read(wire, this);
        _depth--;
        return value;
    }

    /// <summary>A list of messages. What is beyond the limit is not read.</summary>
    public ImmutableArray<T> Many<TWire, T>(
        string field, RepeatedField<TWire> wire, int countMax, ReadMessage<TWire, T> read)
    {
        var count = CountWithin(field, wire.Count, countMax);
        if (count == 0)
        {
            return [];
        }

        var values = new T[count];
        for (var index = 0; index < count; index++)
        {
            Enter(field, index);
            values[index] = read(wire[index], this);
            _depth--;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    /// <summary>Content that we cannot read would be missing from what is recorded, so the note is refused.</summary>
    public void RefuseUnknown(UnknownFieldSet? unknown)
    {
        if (unknown is not null)
        {
            Report(RuleCodes.UnknownField, "", "Holds a field that this version of the schema does not know.");
        }
    }

    /// <param name="field">Name inside the present message; empty: the message itself.</param>
    public void Report(string code, string field, string message)
    {
        _findings ??= [];
        if (_findings.Count < FindingsMax)
        {
            _findings.Add(new(code, Severity.Error, PathOf(field), message));
        }
    }

    private int CountWithin(string field, int count, int countMax)
    {
        if (count <= countMax)
        {
            return count;
        }

        Report(RuleCodes.TooMany, field, string.Create(CultureInfo.InvariantCulture, $"At most {countMax} entries."));
        return countMax;
    }

    private void Enter(string field, int index) => _path[_depth++] = new(field, index);

    private string PathOf(string field)
    {
        var path = new StringBuilder();
        foreach (var segment in ((ReadOnlySpan<Segment>)_path)[.._depth])
        {
            path.Append(path.Length > 0 ? "." : "").Append(segment.Field);
            if (segment.Index != WholeMessage)
            {
                path.Append('[').Append(segment.Index).Append(']');
            }
        }

        return path.Append(path.Length > 0 && field.Length > 0 ? "." : "").Append(field).ToString();
    }

    private readonly record struct Segment(string Field, int Index);

    /// <summary>The schema is at most this deep, without recursion.</summary>
    [InlineArray(12)]
    private struct PathStack
    {
        private Segment _first;
    }
}
