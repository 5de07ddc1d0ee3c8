namespace EcmrGateway.Notes.CodeLists;

/// <summary>Units of measure, UN/ECE Recommendation 20.</summary>
public static class Units
{
    public static CodeStatusList All { get; } = CodeStatusList.Load("rec20.csv");
}
