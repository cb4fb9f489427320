using System.IO.Compression;
using System.Text;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Resources;

/// <summary>The files of a skill, as they came: one by one, or as a zip.</summary>
/// <param name="Name">What SKILL.md calls it.</param>
/// <param name="Description">What SKILL.md says that it is for.</param>
/// <param name="Zip">All of it.</param>
internal sealed record SkillFiles(string Name, string Description, byte[] Zip)
{
    private const string Manifest = "SKILL.md";

    /// <summary>Reads a form.</summary>
    public static SkillFiles Read(Form form)
    {
        FormPart[] files = [.. form.Files("files")];
        if (files.Length == 0)
        {
            throw new ApiException(ApiError.Missing("files"));
        }

        byte[] zip = files.Length == 1 && files[0].FileName!.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? files[0].Content : Pack(files);
        string[] lines = ReadManifest(zip).Replace("\r\n", "\n").Split('\n');
        string? Of(string key) => Array.Find(lines, line => line.StartsWith(key + ":", StringComparison.Ordinal))?.Substring(key.Length + 1).Trim();
        return new SkillFiles(Of("name") ?? throw Bad("names no 'name'"), Of("description") ?? throw Bad("names no 'description'"), zip);
    }

    private static ApiException Bad(string what) => new(ApiError.Invalid($"Invalid skill: {Manifest} {what}.", "files", "invalid_skill"));

    private static string ReadManifest(byte[] zip)
    {
        try
        {
            using ZipArchive archive = new(new MemoryStream(zip), ZipArchiveMode.Read);
            ZipArchiveEntry entry = archive.Entries.FirstOrDefault(static entry => entry.Name == Manifest) ?? throw Bad("is not there");
            using StreamReader reader = new(entry.Open(), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (InvalidDataException)
        {
            throw new ApiException(ApiError.Invalid("Invalid skill: the file is no zip.", "files", "invalid_skill"));
        }
    }

    private static byte[] Pack(IEnumerable<FormPart> files)
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (FormPart file in files)
            {
                using Stream entry = archive.CreateEntry(file.FileName!).Open();
                entry.Write(file.Content, 0, file.Content.Length);
            }
        }

        return zip.ToArray();
    }
}
