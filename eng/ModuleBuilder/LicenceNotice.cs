using System.Text;

namespace ChatPS.ModuleBuilder;

/// <summary>The notice that the licences of the shipped packages ask for.</summary>
internal static class LicenceNotice
{
    private const string Mit = "MIT";

    private static readonly string[] Permitted = [Mit, "BSD-3-Clause", "Apache-2.0", "Microsoft .NET Library License"];

    public static IEnumerable<BuildError> Check(ShippedPackage package, string folder)
    {
        if (!Permitted.Contains(package.Licence, StringComparer.Ordinal))
        {
            yield return new BuildError(folder, 1, "NOTICE001", $"{package} is under the licence '{package.Licence}'. Permitted are {string.Join(", ", Permitted)}.");
        }
        else if (TextOf(package).Length == 0)
        {
            yield return new BuildError(folder, 1, "NOTICE002", $"{package} does not bring the text of its licence, {package.Licence}.");
        }
    }

    public static string Format(IEnumerable<ShippedPackage> packages)
    {
        var ordered = packages.OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase).ThenBy(package => package.Version, StringComparer.Ordinal).ToList();
        var notice = new StringBuilder(
            """
            THIRD-PARTY NOTICES

            ChatPS is under the MIT licence; see LICENSE. It brings these libraries, each
            under the licence that is named with it. The licences follow, and after them
            what the libraries themselves say about the work of others in them.


            """.ReplaceLineEndings("\n"));
        foreach (var package in ordered)
        {
            notice.Append(package).Append('\n')
                .Append("  Licence:   ").Append(package.Licence).Append('\n')
                .Append("  Copyright: ").Append(package.Copyright).Append('\n')
                .Append("  Project:   ").Append(package.Project).Append("\n\n");
        }

        Texts("Licence of", TextOf);
        Texts("Notices in", package => package.Notices);
        return notice.ToString();

        void Texts(string title, Func<ShippedPackage, string> text)
        {
            foreach (var same in ordered.Where(package => text(package).Length > 0).GroupBy(text, StringComparer.Ordinal))
            {
                notice.Append('=', 80).Append('\n').Append(title).Append('\n');
                foreach (var package in same)
                {
                    notice.Append("  ").Append(package).Append('\n');
                }

                notice.Append('\n').Append(same.Key).Append("\n\n");
            }
        }
    }

    private static string TextOf(ShippedPackage package) => package.LicenceText.Length > 0 || package.Licence != Mit
        ? package.LicenceText
        : $"""
        MIT License

        {package.Copyright}

        Permission is hereby granted, free of charge, to any person obtaining a copy
        of this software and associated documentation files (the "Software"), to deal
        in the Software without restriction, including without limitation the rights
        to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
        copies of the Software, and to permit persons to whom the Software is
        furnished to do so, subject to the following conditions:

        The above copyright notice and this permission notice shall be included in all
        copies or substantial portions of the Software.

        THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
        OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
        SOFTWARE.
        """.ReplaceLineEndings("\n");
}
