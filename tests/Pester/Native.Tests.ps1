# The engine compiled ahead of time. Where the module was built without images, what is about them is skipped.
BeforeDiscovery {
    $modulePath = if ($env:CHATPS_MODULE) { $env:CHATPS_MODULE } else { Join-Path $PSScriptRoot '../../artifacts/module/ChatPS' }
    $platforms = @(Get-ChildItem (Join-Path $modulePath 'bin/net8.0/engine') -Directory | Where-Object { Get-ChildItem $_.FullName } | ForEach-Object { @{ Platform = $_.Name } })
    $isTen = $PSEdition -eq 'Core' -and [Environment]::Version.Major -eq 10
    $isNative = $isTen -and $platforms.Platform -contains [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
}

BeforeAll {
    . $PSScriptRoot/common.ps1

    $engine = Join-Path $ModulePath 'bin/net8.0/engine'
    $here = if ($PSEdition -eq 'Core') { [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier }

    # A copy of the module, without images or with those of this machine alone.
    function Copy-Module([string] $Name, [switch] $Native) {
        $copy = Join-Path $TestDrive "$Name/ChatPS"
        $null = New-Item (Split-Path $copy) -ItemType Directory
        Copy-Item $ModulePath $copy -Recurse
        Get-ChildItem (Join-Path $copy 'bin/net8.0/engine') -Directory | Where-Object { -not $Native -or $_.Name -ne $here } | Remove-Item -Recurse
        $copy
    }

    # Where the header of a file names its machine.
    function Get-MachineOffset([byte[]] $Bytes) {
        [BitConverter]::ToInt32($Bytes, 0x3C) + 4
    }

    # Asks one question in a process of its own, and tells the answer and where the assemblies of the engine came from.
    function Get-Origin([string] $Module) {
        $answer, $files = Invoke-Child -ArgumentList $Module {
            param($Module)
            Import-Module $Module
            Connect-ChatService -Sandbox
            (Invoke-ChatCompletion hi).Text
            [Runtime.Loader.AssemblyLoadContext]::All.Where{ $_.Name -eq 'ChatPS' }.Assemblies.Location
        }
        $origin = @{ Answer = $answer }
        foreach ($file in $files) {
            $origin[[IO.Path]::GetFileNameWithoutExtension($file)] = Split-Path (Split-Path $file) -Leaf
        }

        $origin
    }
}

AfterAll {
    Clear-Test
}

Describe 'The images for <Platform>' -ForEach $platforms -AllowNullOrEmptyForEach {
    It 'are of what lies in the engine, each compiled for that machine' -Skip:(-not $isTen) {
        function Read-Image([string] $Path) {
            $file = [Reflection.PortableExecutable.PEReader]::new([IO.File]::OpenRead($Path))
            $metadata = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($file)
            @{
                Machine    = [int]$file.PEHeaders.CoffHeader.Machine
                IsCompiled = $file.PEHeaders.CorHeader.ManagedNativeHeaderDirectory.Size -gt 0
                Mvid       = $metadata.GetGuid($metadata.GetModuleDefinition().Mvid)
            }
            $file.Dispose()
        }

        $machine = @{ 'linux-x64' = 0xFD1D; 'win-x64' = 0x8664; 'linux-arm64' = 0xD11D; 'osx-arm64' = 0xEC20 }[$Platform]
        foreach ($file in Get-ChildItem (Join-Path $engine $Platform)) {
            $image = Read-Image $file.FullName
            $image.Machine | Should -Be $machine -Because $file.Name
            $image.IsCompiled | Should -BeTrue -Because $file.Name
            $image.Mvid | Should -Be (Read-Image (Join-Path $engine $file.Name)).Mvid -Because "$($file.Name) is the same code"
        }
    }

    It 'leave out the sandbox and what .NET 10 brings' -Skip:(-not $isTen) {
        $without = Get-ChildItem $engine -Filter *.dll | Where-Object { -not (Test-Path (Join-Path $engine "$Platform/$($_.Name)")) }
        $without | Where-Object { -not (Test-Path (Join-Path (Split-Path ([object].Assembly.Location)) $_.Name)) } | Select-Object -ExpandProperty Name | Should -Be 'ChatPS.Sandbox.dll'
    }
}

Describe 'The engine' {
    It 'runs from the images of this machine, and what has none as IL' -Skip:(-not $isNative) {
        $origin = Get-Origin $ModulePath
        $origin.Answer | Should -Be 'You said: hi'
        $origin['ChatPS.Client', 'ChatPS.Api', 'Refit', 'Polly.Core'] | Should -Be $here, $here, $here, $here
        $origin['ChatPS.Sandbox'] | Should -Be 'engine'
    }

    It 'runs as IL where an image is missing' -Skip:(-not $isNative) {
        $module = Copy-Module Holes -Native
        Remove-Item (Join-Path $module "bin/net8.0/engine/$here/ChatPS.Api.dll")
        $origin = Get-Origin $module
        $origin.Answer | Should -Be 'You said: hi'
        $origin['ChatPS.Client', 'ChatPS.Api'] | Should -Be $here, 'engine'
    }

    It 'runs as IL where the images are of another machine' -Skip:(-not $isNative) {
        $module = Copy-Module Other -Native
        foreach ($file in Get-ChildItem (Join-Path $module "bin/net8.0/engine/$here")) {
            $bytes = [IO.File]::ReadAllBytes($file.FullName)
            [BitConverter]::GetBytes([uint16]0xC020).CopyTo($bytes, (Get-MachineOffset $bytes))
            [IO.File]::WriteAllBytes($file.FullName, $bytes)
        }

        { [Reflection.Assembly]::LoadFile((Join-Path $module "bin/net8.0/engine/$here/ChatPS.Client.dll")) } | Should -Throw '*' -Because 'the test is about what cannot be loaded'
        $origin = Get-Origin $module
        $origin.Answer | Should -Be 'You said: hi'
        $origin.Values | Should -Not -Contain $here
    }

    It 'runs as IL where the images cannot be read' -Skip:(-not $isNative) {
        $module = Copy-Module Damaged -Native
        foreach ($file in Get-ChildItem (Join-Path $module "bin/net8.0/engine/$here")) {
            # Neither the start of a file of this kind nor a place in it where its header might be.
            [IO.File]::WriteAllBytes($file.FullName, [byte[]](, 0xFF * 100))
        }

        $origin = Get-Origin $module
        $origin.Answer | Should -Be 'You said: hi'
        $origin.Values | Should -Not -Contain $here
    }

    It 'passes as IL the tests that it passes from images' -Skip:(-not $isNative) {
        $report = Join-Path $TestDrive 'report.txt'
        $null = Invoke-Child -ArgumentList (Get-Module Pester).Path, (Copy-Module IL), $PSScriptRoot, $report {
            param($Pester, $Module, $Tests, $Report)
            Import-Module $Pester
            $env:CHATPS_MODULE = $Module
            $configuration = New-PesterConfiguration
            $configuration.Run.Path = 'Budget', 'Checkpoint', 'Dialect.*', 'Fallback', 'Get-*', 'Invoke-*', 'Jobs', 'KeySources', 'Providers', 'Test-*', 'Typed*', 'Views' |
                ForEach-Object { Join-Path $Tests "$_.Tests.ps1" }
            $configuration.Run.PassThru = $true
            $configuration.Output.Verbosity = 'None'
            $run = Invoke-Pester -Configuration $configuration
            $client = [AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq 'ChatPS.Client' }
            Set-Content $Report $run.PassedCount, (Split-Path (Split-Path $client.Location) -Leaf), @($run.Failed; $run.FailedBlocks; $run.FailedContainers | ForEach-Object { "$_" })
        } 3> $null 6> $null
        $passed, $folder, $failures = Get-Content $report | Where-Object { $_ }
        [int]$passed | Should -BeGreaterThan 500
        $folder | Should -Be 'engine'
        $failures | Should -BeNullOrEmpty
    }

    It 'gets on with a module that has Microsoft.Extensions of its own and comes <Order>' -Skip:(-not $isNative) -ForEach @{ Order = 'before' }, @{ Order = 'after' } {
        $other = Join-Path $TestDrive "Other-$Order"
        $null = New-Item $other -ItemType Directory
        Get-ChildItem $engine -Filter Microsoft.Extensions.*.dll | Copy-Item -Destination $other
        Set-Content (Join-Path $other 'Other.psm1') @'
Get-ChildItem $PSScriptRoot -Filter *.dll | ForEach-Object { Add-Type -Path $_.FullName }
function Get-Client {
    $services = [Microsoft.Extensions.DependencyInjection.ServiceCollection]::new()
    $null = [Microsoft.Extensions.DependencyInjection.HttpClientFactoryServiceCollectionExtensions]::AddHttpClient($services)
    $provider = [Microsoft.Extensions.DependencyInjection.ServiceCollectionContainerBuilderExtensions]::BuildServiceProvider($services)
    $provider.GetService([System.Net.Http.IHttpClientFactory]).CreateClient('other').GetType().Name
}
'@
        $result = Invoke-Child -ArgumentList $ModulePath, (Join-Path $other 'Other.psm1'), $Order {
            param($Module, $Other, $Order)
            Import-Module $(if ($Order -eq 'before') { $Other, $Module } else { $Module })
            Connect-ChatService -Sandbox
            if ($Order -eq 'before') {
                Get-Client
            }

            (Invoke-ChatCompletion hi).Text
            Import-Module $Other
            Get-Client
            (Invoke-ChatCompletion hi -Stream)[-1].Completion.Text
            (Get-ChatModel)[0].Id.Length -gt 0
            @([AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq 'Microsoft.Extensions.Http' }).Count
        }
        $expected = @('You said: hi', 'HttpClient', 'You said: hi', $true, 2)
        $result | Should -Be $(if ($Order -eq 'before') { @('HttpClient') + $expected } else { $expected })
    }
}

# What a start costs beyond the work itself, in a figure that does not hang on how busy the machine is.
Describe 'A start' {
    BeforeAll {
        $environment = $env:OPENAI_BASE_URL, $env:OPENAI_MODEL
        $env:OPENAI_BASE_URL, $env:OPENAI_MODEL = (Start-ChatSandbox -Name Start).BaseUri, 'sandbox-mini'

        # The least of six, since threads of the pool share the work in more than one way.
        function Measure-Start([string] $Module) {
            $starts = foreach ($i in 1..6) {
                & (Join-Path $RepositoryRoot 'tests/bench/probes/methods.ps1') $Module '' ChatPS | ConvertFrom-Json
            }

            @{ Import = ($starts.Import | Measure-Object -Minimum).Minimum; Call = ($starts.Call | Measure-Object -Minimum).Minimum }
        }
    }

    AfterAll {
        $env:OPENAI_BASE_URL, $env:OPENAI_MODEL = $environment
    }

    It 'compiles at most 25 methods in the import and 1,150 in the first call, from images' -Skip:(-not $isNative) {
        $methods = Measure-Start $ModulePath
        $methods.Import | Should -BeLessOrEqual 25
        $methods.Call | Should -BeLessOrEqual 1150
    }

    # The goals are 1,100 and 2,100. Some 440 are the container that Refit.HttpClientFactory asks for.
    It 'compiles at most 25 methods in the import and 2,600 in the first call, as IL' -Skip:(-not $isTen) {
        $methods = Measure-Start (Copy-Module Start)
        $methods.Import | Should -BeLessOrEqual 25
        $methods.Call | Should -BeLessOrEqual 2600
    }
}
