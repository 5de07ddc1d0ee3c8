using System.Text;
using EcmrGateway.Cli;
using EcmrGateway.Cli.Input;
using EcmrGateway.Client.Json;
using EcmrGateway.UnitTests.Client.Dialects;
using Xunit;

namespace EcmrGateway.UnitTests.Cli.Input;

public sealed class NoteFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecmr-files-");

    [Theory]
    [InlineData("{\"noteNumber\":\"A\"}\n{\"noteNumber\":\"B\"}\n", "A B")]
    [InlineData("{\"noteNumber\":\"A\"}\r\n\r\n{\"noteNumber\":\"B\"}", "A B")]
    [InlineData("{\n  \"noteNumber\": \"A\"\n}\n", "A")]
    [InlineData("{\"noteNumber\":\"A\"}", "A")]
    [InlineData("\ufeff{\"noteNumber\":\"A\"}\n", "A")]
    [InlineData("", "")]
    [InlineData("\n\n", "")]
    public async Task Json_is_one_note_over_the_file_or_one_on_each_line(string content, string numbers)
    {
        var notes = await ReadAsync(Encoding.UTF8.GetBytes(content));

        Assert.Equal(numbers, string.Join(' ', notes.Select(note => note.Reading.Note?.NoteNumber ?? "?")));
    }

    [Fact]
    public async Task A_line_that_is_no_note_is_told_by_its_number_and_the_next_one_is_read()
    {
        var notes = await ReadAsync("{\"noteNumber\":\"A\"}\n{\"oops\":1}\n{\"noteNumber\":\"C\"}\n"u8.ToArray());

        Assert.Equal(["-:1", "-:2", "-:3"], notes.Select(note => note.Source));
        Assert.Equal([true, false, true], notes.Select(note => note.Reading.Note is not null));
    }

    [Fact]
    public async Task A_line_beyond_the_limit_is_told_and_the_next_one_is_read()
    {
        var huge = new string('x', NoteJson.BytesMax + 100_000);
        var notes = await ReadAsync(Encoding.UTF8.GetBytes(
            "{\"noteNumber\":\"A\"}\n{\"noteNumber\":\"" + huge + "\"}\n{\"noteNumber\":\"C\"}\n"));

        Assert.Equal(["A", "?", "C"], notes.Select(note => note.Reading.Note?.NoteNumber ?? "?"));
    }

    [Fact]
    public async Task Xml_is_known_by_its_first_character()
    {
        var notes = await ReadAsync(Encoding.UTF8.GetBytes("\n " + UncefactEcmrTests.Document()[38..]));

        Assert.Equal("NB-77/A", Assert.Single(notes).Reading.Note?.NoteNumber);
    }

    [Fact]
    public async Task A_folder_is_read_in_the_order_of_names_without_receipts()
    {
        Write("b.json", "{\"noteNumber\":\"B\"}");
        Write("a.jsonl", "{\"noteNumber\":\"A\"}");
        Write("a.receipt.json", "{}");
        Write("c.txt", "not read");

        var notes = await ReadAsync(_folder.FullName);

        Assert.Equal(["A", "B"], notes.Select(note => note.Reading.Note?.NoteNumber));
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_told() =>
        await Assert.ThrowsAsync<CliUsageException>(() => ReadAsync(Path.Combine(_folder.FullName, "none")));

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private static Task<List<NoteInput>> ReadAsync(byte[] input) => ReadAsync("-", new MemoryStream(input));

    private static Task<List<NoteInput>> ReadAsync(string path) => ReadAsync(path, Stream.Null);

    private static async Task<List<NoteInput>> ReadAsync(string path, Stream input)
    {
        var notes = new List<NoteInput>();
        await foreach (var note in NoteFiles.ReadAsync([path], input, TestContext.Current.CancellationToken))
        {
            notes.Add(note);
        }

        return notes;
    }
}
