using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ChatPS.Module.Tests;

/// <summary>The texts in the code of an assembly.</summary>
internal static class UserStrings
{
    /// <summary>Reads them from its metadata.</summary>
    /// <param name="path">The assembly.</param>
    /// <returns>The texts; a text with gaps comes in pieces.</returns>
    public static IReadOnlyList<string> Read(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        List<string> strings = [];
        for (UserStringHandle handle = metadata.GetNextHandle(default(UserStringHandle)); !handle.IsNil; handle = metadata.GetNextHandle(handle))
        {
            strings.Add(metadata.GetUserString(handle));
        }

        return strings;
    }
}
