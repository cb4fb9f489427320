using ChatPS.Client.Faults;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>Between the names of models that users give and those in addresses, which begin with a collection.</summary>
internal static class GeminiModelName
{
    private const string Models = "models/";

    // Vertex AI has the last three.
    private static readonly string[] Collections = [Models, "tunedModels/", "publishers/", "projects/", "endpoints/"];

    /// <summary>Makes the part of an address that names a model.</summary>
    /// <param name="model">The model, with or without its collection.</param>
    /// <returns>The path without a leading slash.</returns>
    /// <exception cref="ChatServiceException">The name would lead to another address.</exception>
    public static string ToPath(string model)
    {
        if (Array.Exists(model.Split('/'), step => step is "" or "." or ".."))
        {
            throw Failures.Invalid($"-Model: '{model}' cannot stand in an address.", "Give the name of a model as Get-ChatModel shows it.");
        }

        return Array.Exists(Collections, collection => model.StartsWith(collection, StringComparison.Ordinal)) ? model : Models + model;
    }

    /// <summary>Takes <c>models/</c> off a name, which need not be given.</summary>
    /// <param name="name">The name as the service writes it.</param>
    /// <returns>The name to give to <c>-Model</c>.</returns>
    public static string ToId(string name) => name.StartsWith(Models, StringComparison.Ordinal) ? name.Substring(Models.Length) : name;
}
