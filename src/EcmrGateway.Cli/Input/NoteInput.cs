using EcmrGateway.Client.Dialects;

namespace EcmrGateway.Cli.Input;

/// <summary>A document that was found in the input, as read.</summary>
/// <param name="Source">File and, in a file of lines, the line's number.</param>
internal sealed record NoteInput(string Source, NoteReading Reading);
