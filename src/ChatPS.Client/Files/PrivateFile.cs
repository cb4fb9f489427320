using System.Security.AccessControl;
using System.Security.Principal;
#if NET8_0_OR_GREATER
using System.Runtime.Versioning;
#endif
using ChatPS.Client.Faults;

namespace ChatPS.Client.Files;

/// <summary>Files that only their user may read. While one is open here, nobody else can open it for writing.</summary>
internal static class PrivateFile
{
    // One byte is as good as no buffer at all, and the least that .NET Framework takes.
    private const int NoBuffer = 1;

    /// <summary>Opens a file for reading and writing, and makes it if there is none.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>The file. One that was there before keeps its permissions until <see cref="Protect"/>.</returns>
    public static FileStream Open(string path)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            // There, None takes a lock that nobody shares.
            return Open(path, FileShare.None);
        }

        return new FileInfo(path).Create(FileMode.OpenOrCreate, FileSystemRights.Read | FileSystemRights.Write, FileShare.Read, NoBuffer, FileOptions.None, ForCurrentUser());
#else
        return new FileStream(path, FileMode.OpenOrCreate, FileSystemRights.Read | FileSystemRights.Write, FileShare.Read, NoBuffer, FileOptions.None, ForCurrentUser());
#endif
    }

    /// <summary>Opens a file for reading and writing while others may read it. Who may write is for another file to say.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>The file; it is made if there is none.</returns>
    public static FileStream OpenBesideReaders(string path) =>
#if NET8_0_OR_GREATER
        // Outside of Windows whoever only reads holds a lock, too: one that all share but who asks for None.
        OperatingSystem.IsWindows() ? Open(path) : Open(path, FileShare.ReadWrite);

    [UnsupportedOSPlatform("windows")]
    private static FileStream Open(string path, FileShare share) => new(path, new FileStreamOptions
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = share,
        BufferSize = NoBuffer,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });
#else
        Open(path);
#endif

    /// <summary>Puts a file in place of another, or of none. Whoever looks finds the old content or the new, whole.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="content">The new content.</param>
    public static void Replace(string path, byte[] content)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows() && Path.Exists(path) && !FileOwner.IsOrdinaryFile(path))
        {
            throw new IOException("It is no ordinary file.");
        }

#endif
        string draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream file = Open(draft))
            {
                file.Write(content, 0, content.Length);
                file.Flush(flushToDisk: true);
            }

#if NET8_0_OR_GREATER
            File.Move(draft, path, overwrite: true);
#else
            if (File.Exists(path))
            {
                File.Replace(draft, path, destinationBackupFileName: null);
                using FileStream file = Open(path);
                Protect(file);
            }
            else
            {
                File.Move(draft, path);
            }
#endif
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Makes a folder that only its user may enter, unless there is one.</summary>
    /// <param name="path">The full path.</param>
    public static void CreateFolder(string path)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        // There, what lies in a user's own folder is the user's.
        Directory.CreateDirectory(path);
    }

    /// <summary>Reads a file that nobody else can have written.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="mustOwn">Whether it must be the user's own, and not somebody else's whom the user trusts.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ChatServiceException">Others can write to it; the way out is told.</exception>
    /// <exception cref="IOException">It leads to a pipe or a device, which might never end, or cannot be read.</exception>
    public static string ReadTrusted(string path, bool mustOwn)
    {
        OrdinaryFile.RequireIfThere(path);
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (WhoElseWrites(file, mustOwn) is { } danger)
        {
            throw Failures.Invalid(
                $"'{path}' is not read: {danger}. Who writes there decides where keys are sent, and what scripts run.",
                Path.DirectorySeparatorChar == '/' ? $"See what it holds; then take it over: chown $USER '{path}'; chmod 600 '{path}'." : "See what it holds; then leave write access to your account alone.");
        }

        using StreamReader reader = new(file);
        return reader.ReadToEnd();
    }

    private static string? WhoElseWrites(FileStream file, bool mustOwn)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
            if ((File.GetUnixFileMode(file.SafeFileHandle) & Others) != UnixFileMode.None)
            {
                return "others can write to it";
            }

            const UnixFileMode Sticky = UnixFileMode.StickyBit;
            UnixFileMode folder = File.GetUnixFileMode(Path.GetDirectoryName(file.Name)!);
            if ((folder & Others) != UnixFileMode.None && (folder & Sticky) == UnixFileMode.None)
            {
                return "others can write to its folder";
            }

            // In a folder where many may make files, the name alone says nothing of who made it.
            bool isShared = (folder & Others) != UnixFileMode.None;
            bool isForeign = mustOwn ? !FileOwner.IsUser(file.SafeFileHandle) : isShared && !FileOwner.IsUserOrSystem(file.SafeFileHandle);
            return isForeign ? "it belongs to somebody else" : null;
        }
#endif
        FileSecurity security = new FileInfo(file.Name).GetAccessControl();
        HashSet<IdentityReference> trusted = [.. Trusted()];
        if (mustOwn && !trusted.Contains(security.GetOwner(typeof(SecurityIdentifier))!))
        {
            return "it belongs to somebody else";
        }

        const FileSystemRights Writing = FileSystemRights.WriteData | FileSystemRights.AppendData | FileSystemRights.Delete | FileSystemRights.ChangePermissions | FileSystemRights.TakeOwnership;
        foreach (FileSystemAccessRule rule in security.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)))
        {
            if (rule.AccessControlType == AccessControlType.Allow && (rule.FileSystemRights & Writing) != default && !trusted.Contains(rule.IdentityReference))
            {
                return "others can write to it";
            }
        }

        return null;
    }

    /// <summary>Takes an open file's permissions away from everybody else.</summary>
    /// <param name="file">The file.</param>
    public static void Protect(FileStream file)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode User = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            if ((File.GetUnixFileMode(file.SafeFileHandle) & ~User) != UnixFileMode.None)
            {
                File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return;
        }
#endif
        FileInfo info = new(file.Name);
        FileSecurity present = info.GetAccessControl();
        HashSet<IdentityReference> trusted = [.. Trusted(), present.GetOwner(typeof(SecurityIdentifier))!];
        foreach (FileSystemAccessRule rule in present.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)))
        {
            if (rule.AccessControlType == AccessControlType.Allow && !trusted.Contains(rule.IdentityReference))
            {
                info.SetAccessControl(ForCurrentUser());
                return;
            }
        }
    }

#if NET8_0_OR_GREATER
    [SupportedOSPlatform("windows")]
#endif
    private static FileSecurity ForCurrentUser()
    {
        FileSecurity security = new();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        foreach (IdentityReference user in Trusted())
        {
            security.AddAccessRule(new FileSystemAccessRule(user, FileSystemRights.FullControl, AccessControlType.Allow));
        }

        return security;
    }

    // Administrators and the system itself can take any file; leaving them out would only break backups.
#if NET8_0_OR_GREATER
    [SupportedOSPlatform("windows")]
#endif
    private static IdentityReference[] Trusted()
    {
        using WindowsIdentity current = WindowsIdentity.GetCurrent();
        return [current.User!, new SecurityIdentifier(WellKnownSidType.LocalSystemSid, null), new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, null)];
    }
}
