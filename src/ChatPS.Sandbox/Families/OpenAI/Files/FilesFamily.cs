namespace ChatPS.Sandbox.Families.OpenAI.Files;

/// <summary>The files of OpenAI, and uploads in parts.</summary>
internal static class FilesFamily
{
    public static Family Create(FamilyOptions options) => new(OpenAIDialect.Instance, Routes(options, isAzure: false));

    /// <summary>The routes, at OpenAI or at Azure.</summary>
    /// <param name="options">What the sandbox was started with.</param>
    /// <param name="isAzure">Whether times are texts, as Azure writes them.</param>
    /// <returns>The routes.</returns>
    public static IReadOnlyList<Route> Routes(FamilyOptions options, bool isAzure)
    {
        FileEndpoint files = new(options, isAzure);
        return [.. files.Routes, .. new UploadEndpoint(options, files).Routes];
    }
}
