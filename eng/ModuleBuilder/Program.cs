using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Xml.Linq;
using ChatPS.ModuleBuilder;

// ModuleBuilder help --assembly ChatPS.dll --docs docs --output help [--strict]
// ModuleBuilder types --assembly ChatPS.Objects.dll --description module/ChatPS.Types.ps1xml --views module/views --output types
// ModuleBuilder views --assembly ChatPS.dll --objects ChatPS.Objects.dll --descriptions module/views --output views
// ModuleBuilder notice --packages packages.txt --folder ~/.nuget/packages --output notice
// ModuleBuilder zip --folder module/ChatPS --root ChatPS/1.0.0 --time 1767225600 --output ChatPS-1.0.0.zip
// ModuleBuilder sums --folder packages
var errors = args switch
{
    ["help", ..] => MakeHelp(),
    ["types", ..] => MakeTypes(),
    ["views", ..] => MakeViews(),
    ["notice", ..] => MakeNotice(),
    ["zip", ..] => MakeZip(),
    ["sums", ..] => MakeSums(),
    _ => throw new ArgumentException("The first argument is help, types, views, notice, zip or sums.", nameof(args)),
};
errors.ForEach(error => Console.Error.WriteLine(error));
return errors.Count > 0 ? 1 : 0;

List<BuildError> MakeHelp()
{
    var assembly = Argument("--assembly");
    var docs = Argument("--docs");
    var output = Path.Combine(Argument("--output"), "en-US");

    var cmdlets = CmdletReader.Read(assembly);
    var pages = Files(Path.Combine(docs, "cmdlets"), "*.md")
        .Select(path => HelpPageReader.Read(path, File.ReadAllText(path)))
        .ToList();
    var sharedPath = Path.Combine(docs, SharedParameters.FileName);
    var shared = new SharedParameters(sharedPath, File.ReadAllText(sharedPath));
    var whole = pages.ConvertAll(page => cmdlets.FirstOrDefault(cmdlet => cmdlet.Name == page.Name) is { } cmdlet ? shared.Complete(cmdlet, page) : page);

    List<BuildError> gaps = [.. HelpChecker.Check(cmdlets, whole, Path.Combine(docs, "cmdlets")), .. shared.Check(cmdlets, pages)];
    if (args.Contains("--strict", StringComparer.Ordinal) && gaps.Count > 0)
    {
        return gaps;
    }

    Directory.CreateDirectory(output);
    MamlWriter.Write(cmdlets, whole).Save(Path.Combine(output, Path.GetFileName(assembly) + "-Help.xml"));

    foreach (var path in Files(Path.Combine(docs, "about"), "about_*.md"))
    {
        WriteText(Path.Combine(output, Path.GetFileNameWithoutExtension(path) + ".help.txt"), AboutTopic.Format(File.ReadAllText(path)));
    }

    Console.WriteLine(gaps.Count == 0
        ? $"Help: {cmdlets.Count} cmdlets"
        : $"Help: {pages.Count} pages for {cmdlets.Count} cmdlets; {gaps.Count} gaps left open (HelpStrict=false)");
    return [];
}

List<BuildError> MakeTypes()
{
    var path = Argument("--description");
    var description = XDocument.Load(path);
    var objects = Assembly.LoadFrom(Path.GetFullPath(Argument("--assembly")));
    var unknown = TypesFile.Check(path, description, TypesFile.Classes(objects)).ToList();
    if (unknown.Count == 0)
    {
        var output = Directory.CreateDirectory(Argument("--output")).FullName;
        var shown = ShownProperties.Read(objects, Descriptions(Argument("--views")));
        TypesFile.Write(description, shown).Save(Path.Combine(output, Path.GetFileName(path)));
    }

    return unknown;
}

List<BuildError> MakeViews()
{
    var folder = Argument("--descriptions");
    var descriptions = Descriptions(folder);
    var cmdlets = CmdletReader.Read(Argument("--assembly"));
    var objects = Assembly.LoadFrom(Path.GetFullPath(Argument("--objects")));
    var wrong = ViewsFile.Check(folder, descriptions, TypesFile.Classes(objects), cmdlets).ToList();
    if (wrong.Count == 0)
    {
        var output = Directory.CreateDirectory(Argument("--output")).FullName;
        ViewsFile.Write(descriptions, PrintableCells.WithoutText(objects)).Save(Path.Combine(output, ViewsFile.Name));
    }

    return wrong;
}

List<ViewDescription> Descriptions(string folder) => [.. Files(folder, "*.ps1xml").Select(ViewDescription.Read)];

List<BuildError> MakeNotice()
{
    // Each line is Id/Version, which in lower case is the folder of the package.
    var folders = File.ReadAllLines(Argument("--packages")).Order(StringComparer.OrdinalIgnoreCase).Select(line => Path.Combine(Argument("--folder"), line.ToLowerInvariant())).ToList();
    var packages = folders.ConvertAll(ShippedPackage.Read);
    var refused = packages.Zip(folders, LicenceNotice.Check).SelectMany(errors => errors).ToList();
    if (refused.Count > 0)
    {
        return refused;
    }

    var output = Directory.CreateDirectory(Argument("--output")).FullName;
    WriteText(Path.Combine(output, "THIRD-PARTY-NOTICES.txt"), LicenceNotice.Format(packages));
    // The same in a form that makers of a bill of materials read.
    new XElement("packages", packages.Select(package => new XElement("package", new XAttribute("id", package.Id), new XAttribute("version", package.Version))))
        .Save(Path.Combine(output, "packages.config"));
    return [];
}

List<BuildError> MakeZip()
{
    ModuleZip.Write(Argument("--folder"), Argument("--root"), DateTimeOffset.FromUnixTimeSeconds(long.Parse(Argument("--time"), CultureInfo.InvariantCulture)), Argument("--output"));
    return [];
}

List<BuildError> MakeSums()
{
    var sums = Files(Argument("--folder"), "ChatPS*").Select(path => $"{Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}  {Path.GetFileName(path)}\n").ToList();
    File.WriteAllText(Path.Combine(Argument("--folder"), "SHA256SUMS"), string.Concat(sums));
    return [];
}

string Argument(string name)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : throw new ArgumentException($"{name} is missing.", name);
}

static IEnumerable<string> Files(string directory, string pattern) =>
    Directory.Exists(directory) ? Directory.GetFiles(directory, pattern).Order(StringComparer.Ordinal) : [];

// Windows PowerShell reads a file without a byte order mark in the code page of the machine.
static void WriteText(string path, string text) => File.WriteAllText(path, text, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
