#if NET8_0_OR_GREATER
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ChatPS.Module;

/// <summary>
/// The ahead-of-time images of the engine. An image of another system or processor is no assembly at all, and a load context
/// does not forget that it failed: whether they fit must be known before one is loaded.
/// </summary>
internal static class NativeImages
{
    private const int DotNet = 10;

    /// <summary>Finds the folder of the images that fit this process.</summary>
    /// <param name="engine">The folder of the engine.</param>
    /// <returns>The folder, or null where the engine must run as IL.</returns>
    public static string? Find(string engine)
    {
        if (Environment.Version.Major != DotNet)
        {
            return null;
        }

        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string folder = Path.Combine(engine, $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}");
        string image = Path.Combine(folder, "ChatPS.Client.dll");
        try
        {
            return File.Exists(image) && MachineOf(image) == MachineOf(typeof(object).Assembly.Location) ? folder : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // What cannot be read is no image.
            return null;
        }
    }

    // The field of the file's header that names the processor and, in ahead-of-time images, the system as well.
    private static int MachineOf(string path)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        using SafeFileHandle file = File.OpenHandle(path);
        RandomAccess.Read(file, bytes, 0x3C);
        RandomAccess.Read(file, bytes, BinaryPrimitives.ReadInt32LittleEndian(bytes) + sizeof(int));
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }
}
#endif
