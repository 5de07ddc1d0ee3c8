#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false

// Container images as the .NET SDK writes them to a file:
//   normalise FROM TO    the same image without times and in one order, so that two builds give one digest
//   check FILE SBOM      whether it is as it should be: user, rights, order, secrets, paths, packages
//   digest FILE          the image's id

using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

string[] secrets = [".key", ".pem", ".pfx", ".password", "secrets.json", "appsettings.Development.json"];
string[] shells = ["bin/sh", "bin/bash", "bin/dash", "usr/bin/sh", "usr/bin/bash", "usr/bin/dash", "usr/bin/apt-get"];

switch (args)
{
    case ["normalise", var from, var to]:
        ImageFile.Read(from).Normalised().Write(to);
        return 0;
    case ["check", var file, var sbom]:
        var problems = Check(ImageFile.Read(file), JsonNode.Parse(File.ReadAllText(sbom))!).ToList();
        problems.ForEach(problem => Console.Error.WriteLine($"{Path.GetFileName(file)}: {problem}"));
        return problems.Count == 0 ? 0 : 1;
    case ["digest", var file]:
        Console.WriteLine(ImageFile.Read(file).Id);
        return 0;
    default:
        Console.Error.WriteLine("normalise FROM TO | check FILE SBOM | digest FILE");
        return 2;
}

IEnumerable<string> Check(ImageFile image, JsonNode sbom)
{
    var settings = image.Config["config"]!;
    if (!int.TryParse((string?)settings["User"], out var user) || user == 0)
    {
        yield return $"the user is '{settings["User"]}', not a number above 0";
    }

    foreach (var variable in settings["Env"]?.AsArray().Select(value => (string)value!) ?? [])
    {
        if (variable.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase))
        {
            yield return $"the variable {variable.Split('=')[0]} may hold a secret";
        }
    }

    var entries = image.Layers.SelectMany(ImageFile.Entries).ToList();
    foreach (var entry in entries)
    {
        var name = entry.Name.TrimStart('.', '/');
        if ((entry.Mode & (UnixFileMode.SetUser | UnixFileMode.SetGroup)) != 0)
        {
            yield return $"{name} changes the user or the group";
        }

        if (shells.Contains(name))
        {
            yield return $"{name} is a shell or a package manager";
        }
    }

    var own = ImageFile.Entries(image.Layers[^1]).ToList();
    var folder = Encoding.UTF8.GetBytes(Path.Combine(Directory.GetCurrentDirectory(), "src"));
    foreach (var entry in own)
    {
        if (secrets.Any(ending => entry.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"{entry.Name} may be a secret";
        }

        if (entry.ModificationTime != DateTimeOffset.UnixEpoch)
        {
            yield return $"{entry.Name} has a time, so that two builds differ";
        }

        if (ImageFile.Content(entry).IndexOf(folder) >= 0)
        {
            yield return $"{entry.Name} holds a path of the machine that built it, so that two builds differ";
        }

        if (entry.EntryType is TarEntryType.RegularFile
            && (entry.Uid != 0 || (entry.Mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0))
        {
            yield return $"{entry.Name} can be changed by the program itself";
        }
    }

    if (!own.Select(entry => entry.Name).SequenceEqual(own.Select(entry => entry.Name).Order(StringComparer.Ordinal)))
    {
        yield return "the files are not in order, so that two builds differ";
    }

    var listed = sbom["components"]!.AsArray().Select(part => $"{part!["name"]} {part["version"]}").ToHashSet();
    var dependencies = own.Single(entry => entry.Name.EndsWith(".deps.json", StringComparison.Ordinal)).DataStream!;
    foreach (var (library, about) in JsonNode.Parse(dependencies)!["libraries"]!.AsObject())
    {
        if ((string?)about!["type"] == "package" && !listed.Contains(library.Replace('/', ' ')))
        {
            yield return $"{library} is in the image and not in the list of its parts";
        }
    }
}

/// <summary>An image in the form of "docker save".</summary>
/// <param name="Layers">Not compressed; the last one is the program's.</param>
internal sealed record ImageFile(JsonObject Config, IReadOnlyList<byte[]> Layers, JsonArray Tags)
{
    /// <summary>Where the program may write, when a volume is mounted there; the user of the base's images.</summary>
    private const string Data = "var/lib/ecmr";

    private const int User = 1654;

    private const string ConfigName = "Config";

    private const string LayerNames = "Layers";

    private byte[] ConfigBytes => JsonSerializer.SerializeToUtf8Bytes(Config);

    public string Id => $"sha256:{Hash(ConfigBytes)}";

    public static ImageFile Read(string path)
    {
        using var file = File.OpenRead(path);
        var parts = Entries(Inflated(file)).Where(entry => entry.DataStream is not null)
            .ToDictionary(entry => entry.Name, entry => Bytes(entry.DataStream!));
        var manifest = JsonNode.Parse(parts["manifest.json"])![0]!;
        return new(
            JsonNode.Parse(parts[(string)manifest[ConfigName]!])!.AsObject(),
            [.. manifest[LayerNames]!.AsArray().Select(name => Inflated(new MemoryStream(parts[(string)name!])))],
            manifest["RepoTags"]!.AsArray());
    }

    public static IEnumerable<TarEntry> Entries(byte[] tar)
    {
        using var reader = new TarReader(new MemoryStream(tar));
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            yield return entry;
        }
    }

    public static ReadOnlySpan<byte> Content(TarEntry entry)
    {
        if (entry.DataStream is not { } stream)
        {
            return [];
        }

        var bytes = Bytes(stream);
        stream.Position = 0;
        return bytes;
    }

    public ImageFile Normalised()
    {
        var own = Ordered(Layers[^1]);
        var config = Config.DeepClone().AsObject();
        config["created"] = "1970-01-01T00:00:00Z";
        foreach (var step in config["history"]!.AsArray())
        {
            step!["created"] = "1970-01-01T00:00:00Z";
        }

        config["rootfs"]!["diff_ids"]!.AsArray()[^1] = $"sha256:{Hash(own)}";
        return new(config, [.. Layers.SkipLast(1), own], Tags);
    }

    public void Write(string path)
    {
        using var file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Optimal);
        using var tar = new TarWriter(gzip, TarEntryFormat.Ustar);
        var names = Layers.Select(layer => $"{Hash(layer)}.tar").ToList();
        foreach (var (name, layer) in names.Zip(Layers).DistinctBy(layer => layer.First))
        {
            Add(tar, name, layer);
        }

        var config = $"{Hash(ConfigBytes)}.json";
        Add(tar, config, ConfigBytes);
        JsonArray manifest =
        [
            new JsonObject
            {
                [ConfigName] = config,
                ["RepoTags"] = Tags.DeepClone(),
                [LayerNames] = new JsonArray([.. names.Select(name => (JsonNode)name)]),
            },
        ];
        Add(tar, "manifest.json", JsonSerializer.SerializeToUtf8Bytes(manifest));
    }

    /// <summary>The files in the order of their names, of root and without times, and the folder of the data.</summary>
    private static byte[] Ordered(byte[] layer)
    {
        using var ordered = new MemoryStream();
        using (var writer = new TarWriter(ordered, TarEntryFormat.Gnu, leaveOpen: true))
        {
            var folder = new GnuTarEntry(TarEntryType.Directory, Data)
            {
                Mode = (UnixFileMode)0b111_101_101,
            };
            foreach (var entry in Entries(layer).Append(folder).OrderBy(entry => entry.Name, StringComparer.Ordinal))
            {
                var file = new GnuTarEntry(entry.EntryType, entry.Name)
                {
                    Uid = entry == folder ? User : 0,
                    Gid = entry == folder ? User : 0,
                    Mode = entry.Mode & ~(UnixFileMode.GroupWrite | UnixFileMode.OtherWrite),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    AccessTime = DateTimeOffset.UnixEpoch,
                    ChangeTime = DateTimeOffset.UnixEpoch,
                };
                if (entry.DataStream is { } content)
                {
                    file.DataStream = content;
                }

                writer.WriteEntry(file);
            }
        }

        return ordered.ToArray();
    }

    private static void Add(TarWriter tar, string name, byte[] bytes) => tar.WriteEntry(
        new UstarTarEntry(TarEntryType.RegularFile, name)
        {
            ModificationTime = DateTimeOffset.UnixEpoch,
            DataStream = new MemoryStream(bytes),
        });

    private static byte[] Inflated(Stream stream)
    {
        var compressed = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        return Bytes(compressed ? new GZipStream(stream, CompressionMode.Decompress) : stream);
    }

    private static byte[] Bytes(Stream stream)
    {
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
