using Ecmr.Note.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EcmrGateway.UnitTests.Ingress.Read;

/// <summary>A field of a message inside a note, by its path in the schema.</summary>
internal sealed record NoteLeaf(string Path, FieldDescriptor Field, Func<ConsignmentNote, IMessage> Owner)
{
    public override string ToString() => Path;
}

/// <summary>A note with every field of the schema stated, made by walking the schema itself.</summary>
internal static class FullNote
{
    /// <summary>Every field has its first value, lists have one entry.</summary>
    public static ConsignmentNote Build() => (ConsignmentNote)Fill(ConsignmentNote.Descriptor, "");

    /// <summary>Every field that is no message, with the way to the message that holds it.</summary>
    public static IEnumerable<NoteLeaf> Leaves() => LeavesOf(ConsignmentNote.Descriptor, "", note => note);

    /// <summary>Every message of the note, with the way to it.</summary>
    public static IEnumerable<(string Path, Func<ConsignmentNote, IMessage> Find)> Messages() =>
        MessagesOf(ConsignmentNote.Descriptor, "", note => note);

    /// <summary>Gives the field its second value, or takes it away where it has no other.</summary>
    public static void Change(IMessage owner, FieldDescriptor field, string path)
    {
        if (field.IsRepeated)
        {
            var list = (System.Collections.IList)field.Accessor.GetValue(owner);
            list[0] = FullNoteValues.Of(field, path, 1);
        }
        else
        {
            field.Accessor.SetValue(owner, FullNoteValues.Of(field, path, 1));
        }
    }

    private static IMessage Fill(MessageDescriptor type, string path)
    {
        var message = type.Parser.ParseFrom([]);
        foreach (var field in type.Fields.InFieldNumberOrder())
        {
            var here = $"{path}.{field.Name}";
            var value = field.FieldType == FieldType.Message
                ? Fill(field.MessageType, here)
                : FullNoteValues.Of(field, here, 0);
            if (field.IsRepeated)
            {
                ((System.Collections.IList)field.Accessor.GetValue(message)).Add(value);
            }
            else
            {
                field.Accessor.SetValue(message, value);
            }
        }

        return message;
    }

    private static IEnumerable<NoteLeaf> LeavesOf(
        MessageDescriptor type, string path, Func<ConsignmentNote, IMessage> owner) =>
        type.Fields.InFieldNumberOrder().SelectMany(field => field.FieldType == FieldType.Message
            ? LeavesOf(field.MessageType, $"{path}.{field.Name}", note => Child(owner(note), field))
            : [new NoteLeaf($"{path}.{field.Name}", field, owner)]);

    private static IEnumerable<(string Path, Func<ConsignmentNote, IMessage> Find)> MessagesOf(
        MessageDescriptor type, string path, Func<ConsignmentNote, IMessage> owner) =>
        type.Fields.InFieldNumberOrder()
            .Where(field => field.FieldType == FieldType.Message)
            .SelectMany(field =>
                MessagesOf(field.MessageType, $"{path}.{field.Name}", note => Child(owner(note), field)))
            .Prepend((path, owner));

    private static IMessage Child(IMessage owner, FieldDescriptor field) => field.IsRepeated
        ? (IMessage)((System.Collections.IList)field.Accessor.GetValue(owner))[0]!
        : (IMessage)field.Accessor.GetValue(owner);
}
