#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ChatPS.Client.Files;

/// <summary>Whose a file is, where .NET does not tell: outside of Windows. It asks the library that .NET itself asks.</summary>
[UnsupportedOSPlatform("windows")]
internal static class FileOwner
{
    private const uint Root = 0;
    private const int TypeOfFile = 0xF000;
    private const int OrdinaryFile = 0x8000;

    /// <summary>Whether an open file is the user's own.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsUser(SafeFileHandle file) => Of(file) == GetEUid();

    /// <summary>Whether an open file is the user's own or the system's.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsUserOrSystem(SafeFileHandle file) => Of(file) is Root || IsUser(file);

    /// <summary>Whether a path leads to an ordinary file, and not to a pipe, a device or a folder.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsOrdinaryFile(string path) => Stat(Encoding.UTF8.GetBytes(path + '\0'), out FileStatus status) == 0 && (status.Mode & TypeOfFile) == OrdinaryFile;

    private static uint Of(SafeFileHandle file) => FStat(file, out FileStatus status) == 0 ? status.Uid : throw new IOException("The owner of the file cannot be read.");

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_FStat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FStat(SafeFileHandle file, out FileStatus status);

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(byte[] path, out FileStatus status);

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_GetEUid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEUid();

    // The first members of what the library fills in; it is given room for the rest.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(4)]
        public int Mode;

        [FieldOffset(8)]
        public uint Uid;
    }
}
#endif
