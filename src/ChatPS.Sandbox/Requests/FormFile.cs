using ChatPS.Sandbox.Files;

namespace ChatPS.Sandbox.Requests;

/// <summary>A file of a form that lies on the disk.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="ContentType">The type of the content; null where none is told.</param>
/// <param name="Content">The bytes.</param>
internal sealed record FormFile(string Name, string? ContentType, FileContent Content);
