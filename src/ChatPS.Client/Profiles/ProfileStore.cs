using System.Text;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Profiles;

/// <summary>The profiles of a user: one file each, which only the user may read.</summary>
/// <param name="folder">The full path of their folder, which need not exist.</param>
public sealed class ProfileStore(string folder)
{
    private const string Ending = ".json";
    private const string DefaultFile = "default";
    private const int LongestName = 64;

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" })];

    /// <summary>The names of the profiles.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            try
            {
                return !Directory.Exists(folder) ? [] :
                [
                    .. Directory.GetFiles(folder, "*" + Ending)
                        .Where(path => path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase))
                        .Select(path => Path.GetFileNameWithoutExtension(path))
                        .OrderBy(name => name, StringComparer.OrdinalIgnoreCase),
                ];
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Unusable(folder, exception);
            }
        }
    }

    /// <summary>Gets the name of the profile that new sessions begin with; null for none.</summary>
    /// <exception cref="ChatServiceException">The file that names it is damaged, or others can write to it.</exception>
    public string? Default
    {
        get
        {
            string path = DefaultPath;
            if (!File.Exists(path))
            {
                return null;
            }

            try
            {
                return PrivateFile.ReadTrusted(path, mustOwn: true).Trim() is { Length: > 0 } name ? name : null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Unusable(path, exception);
            }
        }
    }

    /// <summary>Chooses the profile that new sessions begin with.</summary>
    /// <param name="name">Its name; null for none.</param>
    /// <exception cref="ChatServiceException">There is no such profile, or the file cannot be written.</exception>
    public void SetDefault(string? name)
    {
        string path = DefaultPath;
        string? actual = name is null ? null : Find(name) ?? throw NoProfile(name);
        try
        {
            if (actual is null)
            {
                File.Delete(path);
            }
            else
            {
                PrivateFile.Replace(path, Encoding.UTF8.GetBytes(actual + "\n"));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, exception);
        }
    }

    /// <summary>Finds out whether there is a profile.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Whether there is one.</returns>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Finds out whether a profile says the same already.</summary>
    /// <param name="profile">The profile.</param>
    /// <returns>Whether the file of its name has that content.</returns>
    public bool Holds(ConnectionProfile profile)
    {
        try
        {
            if (Find(profile.Name) is not { } present)
            {
                return false;
            }

            OrdinaryFile.RequireIfThere(PathOf(present));
            return File.ReadAllBytes(PathOf(present)).AsSpan().SequenceEqual(Content(profile));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads a profile.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ChatServiceException">There is none of that name, it is damaged, or others can write to it.</exception>
    public ConnectionProfile Load(string name)
    {
        string actual = Find(name) ?? throw NoProfile(name);
        string path = PathOf(actual);
        string json;
        try
        {
            json = PrivateFile.ReadTrusted(path, mustOwn: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, exception);
        }

        return ProfileFile.Read(json, actual, path);
    }

    /// <summary>Writes a profile. Whoever looks finds the old one or the new one, whole.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="overwrite">Whether to replace one of the same name.</param>
    /// <exception cref="ChatServiceException">Its name cannot be that of a file, there is one already, or the file cannot be written.</exception>
    public void Save(ConnectionProfile profile, bool overwrite)
    {
        CheckName(profile.Name);
        string? present = Find(profile.Name);
        if (present is not null && !overwrite)
        {
            throw Failures.Invalid($"There is a profile '{present}' already.", "Use -Force to replace it.");
        }

        string path = PathOf(present ?? profile.Name);
        try
        {
            PrivateFile.CreateFolder(folder);
            PrivateFile.Replace(path, Content(profile));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, exception);
        }
    }

    /// <summary>Removes a profile.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ChatServiceException">The file cannot be removed.</exception>
    public void Remove(string name)
    {
        string path = PathOf(Find(name) ?? name);
        try
        {
            File.Delete(path);
            if (string.Equals(Default, name, StringComparison.OrdinalIgnoreCase))
            {
                File.Delete(DefaultPath);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failures.Invalid($"The profile '{path}' cannot be removed: {exception.Message}", "Correct the permissions of its folder.", exception);
        }
    }

    /// <summary>Finds out whether a profile can have a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ChatServiceException">It cannot.</exception>
    internal static void CheckName(string name)
    {
        string stem = name.Split('.')[0];
        if (name.Length is 0 or > LongestName || !name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ' ') || name[0] is '.' or ' ' || name[name.Length - 1] is '.' or ' '
            || Devices.Contains(stem, StringComparer.OrdinalIgnoreCase))
        {
            throw Failures.Invalid(
                $"'{name}' cannot be the name of a profile, since it is to be the name of a file.",
                FormattableString.Invariant($"Use a name of at most {LongestName} letters, digits, blanks, - and _, and connect with Connect-ChatService -Name."));
        }
    }

    // File systems that tell Prod from prod must not have both.
    private string? Find(string name) => Names.FirstOrDefault(present => string.Equals(present, name, StringComparison.OrdinalIgnoreCase));

    private string PathOf(string name) => Path.Combine(folder, name + Ending);

    private string DefaultPath => Path.Combine(folder, DefaultFile);

    private static byte[] Content(ConnectionProfile profile) => Encoding.UTF8.GetBytes(ProfileFile.Write(profile));

    private static ChatServiceException NoProfile(string name) =>
        Failures.Invalid($"-Profile: there is no profile '{name}'.", "See Get-ChatConnection -Saved, or make one with Save-ChatConnection.");

    private static ChatServiceException Unwritable(string path, Exception exception) =>
        Failures.Invalid($"The profile '{path}' cannot be written: {exception.Message}", $"Make the folder writable, or name another one with the environment variable {ConfigurationFolder.Variable}.", exception);

    private static ChatServiceException Unusable(string path, Exception exception) =>
        Failures.Invalid($"'{path}' cannot be read: {exception.Message}", "Correct its permissions.", exception);
}
