using System.Collections.Immutable;

namespace EcmrGateway.Notes.Note;

/// <summary>A line of goods, art. 6(1)(f) to (h).</summary>
public sealed record ConsignmentItem
{
    /// <summary>Number of the line, from 1, unique on the note. 0 is read as its place in the list.</summary>
    public int LineNo { get; init; }

    /// <summary>Nature of the goods in common use; 3 to 512 characters. Required. eFTI699.</summary>
    public string Description { get; init; } = "";

    /// <summary>Number of packages; 0 only for goods in bulk or unpacked. eFTI685.</summary>
    public int PackageCount { get; init; }

    /// <summary>Method of packing, UN/ECE Recommendation 21, as "PX". Required. eFTI688.</summary>
    public string PackageType { get; init; } = "";

    /// <summary>Special marks and numbers of the packages; at most 50 of at most 70 characters. eFTI691.</summary>
    public ImmutableArray<string> Marks { get; init; } = [];

    /// <summary>Gross mass. This or quantity is required, art. 6(1)(h).</summary>
    public Measure? GrossMass { get; init; }

    /// <summary>Net mass; not above the gross mass.</summary>
    public Measure? NetMass { get; init; }

    /// <summary>Gross volume. eFTI45.</summary>
    public Measure? Volume { get; init; }

    /// <summary>Quantity otherwise expressed, art. 6(1)(h).</summary>
    public Measure? Quantity { get; init; }

    /// <summary>HS or CN code, 6 or 8 digits.</summary>
    public string HsCode { get; init; } = "";

    /// <summary>Country where the goods were made, ISO 3166-1 alpha-2.</summary>
    public CountryCode? CountryOfOrigin { get; init; }

    /// <summary>Lowest temperature during carriage, unit CEL.</summary>
    public Measure? TemperatureMin { get; init; }

    /// <summary>Highest temperature during carriage, unit CEL.</summary>
    public Measure? TemperatureMax { get; init; }

    /// <summary>Bodies of law that ask for more papers.</summary>
    public ImmutableArray<RegulatedGoods> Regulated { get; init; } = [];

    /// <summary>Dangerous goods in this line; at most 50.</summary>
    public ImmutableArray<DangerousGoods> DangerousGoods { get; init; } = [];

    /// <summary>Waste in this line.</summary>
    public Waste? Waste { get; init; }

    /// <summary>Identifier of the equipment in which the line is loaded, as in equipment.id. eFTI346.</summary>
    public string LoadedIn { get; init; } = "";
}
