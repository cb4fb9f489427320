BeforeDiscovery {
    # The PowerShell blocks of a page, with whether each is run: '<!-- not run -->' on the line before says that it needs what a test has not.
    function Get-Block([string] $Path, [string] $Page) {
        $lines = Get-Content $Path -Encoding UTF8
        $previous = ''
        for ($i = 0; $i -lt $lines.Count; $i++) {
            if ($lines[$i] -match '^\s*```powershell\s*$') {
                $first = $i + 1
                $code = [Collections.Generic.List[string]]::new()
                while (++$i -lt $lines.Count -and $lines[$i] -notmatch '^\s*```\s*$') {
                    $code.Add($lines[$i])
                }

                @{ Page = $Page; Line = $first; IsRun = $previous -notmatch '<!--\s*not run\b'; Code = $code -join "`n" }
            }

            if ($lines[$i].Trim()) {
                $previous = $lines[$i]
            }
        }
    }

    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).ProviderPath
    $files = @(Get-Item (Join-Path $root 'README.md') -ErrorAction Ignore) + @(Get-ChildItem (Join-Path $root 'docs') -Recurse -Filter *.md -ErrorAction Ignore | Sort-Object FullName)
    $pages = foreach ($file in $files) {
        $page = $file.FullName.Substring($root.Length + 1).Replace('\', '/')
        $blocks = @(Get-Block $file.FullName $page)
        if ($blocks) {
            @{ Page = $page; Blocks = $blocks; Run = @($blocks | Where-Object { $_.IsRun }) }
        }
    }

    $manifest = & ([scriptblock]::Create((Get-Content (Join-Path $root 'ChatPS.psd1') -Raw)))
    $cmdlets = $manifest.CmdletsToExport | ForEach-Object { @{ Cmdlet = $_ } }
}

BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'The code in the documents' {
    It 'is in README.md, at least 5 blocks of it run' -ForEach @{ Readme = @($pages | Where-Object { $_.Page -eq 'README.md' }) } {
        $Readme.Count | Should -Be 1
        $Readme[0].Run.Count | Should -BeGreaterOrEqual 5
    }

    It 'can be read: <Page>, line <Line>' -ForEach @($pages | ForEach-Object { $_.Blocks }) {
        $errors = $null
        $null = [Management.Automation.Language.Parser]::ParseInput($Code, [ref]$null, [ref]$errors)
        $errors | Should -BeNullOrEmpty
    }

    # A page is one session, from its first block to its last. A page of docs may begin with a connection to the sandbox.
    Context '<Page>' -ForEach @($pages | Where-Object { $_.Run }) {
        BeforeAll {
            Stop-ChatSandbox
            Disconnect-ChatService *
            $session = New-TestShell
            $session.Runspace.SessionStateProxy.SetVariable('PSModuleAutoLoadingPreference', 'All')
            $folder = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
            $prepare = 'param($Folder, $Page) Set-Location $Folder; if ($Page -ne "README.md") { Connect-ChatService -Sandbox }'
            $null = $session.AddScript($prepare).AddArgument($folder.FullName).AddArgument($Page).Invoke()
        }

        AfterAll {
            $session.Runspace.Dispose()
            $session.Dispose()
            foreach ($variable in $SavedEnvironment.Keys) {
                [Environment]::SetEnvironmentVariable($variable, $null)
            }
        }

        It 'runs: line <Line>' -ForEach $Run {
            # What the page imports is the module under test.
            $text = $Code -replace '(?m)^(\s*)Import-Module\s+\S*ChatPS\S*', "`$1Import-Module '$ModulePath'"
            $session.Commands.Clear()
            $session.Streams.ClearStreams()
            $output = try {
                $session.AddScript($text).AddCommand('Out-String').Invoke()
            }
            catch {
                throw "$($_.Exception.InnerException.Message)`nin:`n$text"
            }

            "$($session.Streams.Error)" | Should -BeNullOrEmpty -Because "this runs without error:`n$text`n$output"
        }
    }
}

Describe 'The help' {
    It 'has a page for <Cmdlet>' -ForEach $cmdlets {
        Join-Path $RepositoryRoot "docs/cmdlets/$Cmdlet.md" | Should -Exist
    }

    It 'of <Cmdlet> is complete' -ForEach $cmdlets {
        $help = Get-Help $Cmdlet -Full
        $help.Name | Should -Be $Cmdlet
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis.Trim() | Should -Not -BeLike "$Cmdlet*" -Because 'that is what PowerShell makes up'
        ($help.Description | Out-String).Trim().Length | Should -BeGreaterThan 40
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        foreach ($example in $help.examples.example) {
            $example.code | Should -Not -BeNullOrEmpty
        }

        $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
        # Those that come with what is asked for are in the help of the command that asks for it.
        foreach ($name in (Get-Command $Cmdlet).Parameters.Values | Where-Object { $_.Name -notin $common -and -not $_.IsDynamic } | ForEach-Object Name) {
            $parameter = $help.parameters.parameter | Where-Object name -EQ $name
            ($parameter.description.Text -join ' ').Trim().Length | Should -BeGreaterThan 10 -Because "$Cmdlet -$name is explained"
        }
    }

    It 'groups each parameter of Invoke-ChatCompletion by its purpose, once' {
        $lines = ((Get-Help Invoke-ChatCompletion).Description | Out-String -Width 4000) -split "`r?`n"
        $groups = $lines -match '^\s*\W [A-Z][\w ,]+: [A-Z]\w*(, [A-Z]\w*)+\.\s*$'
        $listed = $groups | ForEach-Object { ($_ -replace '^.*?: ').Trim().TrimEnd('.') -split ', ' } | Sort-Object
        $common = [Management.Automation.PSCmdlet]::CommonParameters
        $listed | Should -Be ((Get-Command Invoke-ChatCompletion).Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object)
    }

    It 'names in <Cmdlet> no parameter that does not exist' -ForEach $cmdlets {
        $parameters = (Get-Command $Cmdlet).Parameters
        (Get-Help $Cmdlet -Full).parameters.parameter.name | Where-Object { -not $parameters.ContainsKey($_) } | Should -BeNullOrEmpty
    }

    It 'has about_ChatPS' {
        Join-Path $ModulePath 'en-US/about_ChatPS.help.txt' | Should -Exist
        Get-Content (Join-Path $ModulePath 'en-US/about_ChatPS.help.txt') -Raw | Should -BeLike '*Connect-ChatService*'
    }

    It 'lists every cmdlet that the module exports' -ForEach @{ Exported = @($cmdlets.Cmdlet) } {
        (Get-Command -Module ChatPS -CommandType Cmdlet).Name | Sort-Object | Should -Be ($Exported | Sort-Object)
        $readme = Get-Content (Join-Path $RepositoryRoot 'README.md') -Raw
        $Exported | Where-Object { -not $readme.Contains($_) } | Should -BeNullOrEmpty
    }
}

Describe 'The module' {
    It 'has a manifest that PowerShell accepts' {
        $manifest = Test-ModuleManifest (Join-Path $ModulePath 'ChatPS.psd1')
        $manifest.Name | Should -Be 'ChatPS'
        $manifest.ExportedFunctions.Count + $manifest.ExportedAliases.Count | Should -Be 0
    }

    It 'has approved verbs and singular nouns with our prefix' {
        $verbs = (Get-Verb).Verb
        Get-Command -Module ChatPS | Where-Object { $_.Verb -notin $verbs -or $_.Noun -notlike 'Chat*' } | Should -BeNullOrEmpty
    }

    It 'has -WhatIf and -Confirm on what changes something, and else at most on what costs' {
        $changing = @(Get-Command -Module ChatPS -Verb Clear, Connect, Disconnect, Export, Limit, Receive, Remove, Save, Set, Start, Stop)
        # What is made or added at a service stays there; what a batch has answered is only read.
        $changing += Get-Command -Module ChatPS -Verb New, Add -ParameterName AdditionalHeader
        $changing = $changing | Where-Object { $_.Name -ne 'Receive-ChatBatch' -and -not $_.Parameters.ContainsKey('MaxCost') }
        Get-Command -Module ChatPS -ParameterName WhatIf | Where-Object { $_.Verb -notin 'Invoke', 'Compress' -and -not $_.Parameters.ContainsKey('MaxCost') } | ForEach-Object Name | Sort-Object | Should -Be ($changing.Name | Sort-Object)
    }

    It 'has -Connection, -TimeoutSec, -MaxRetry and the hatches on what calls a service' {
        # Measure-ChatSimilarity compares on this machine.
        $local = 'Measure-ChatSimilarity'
        $media = 'New-ChatImage', 'Edit-ChatImage', 'Save-ChatImage', 'Save-ChatMedia', 'ConvertTo-ChatSpeech', 'ConvertFrom-ChatSpeech'
        foreach ($command in @(Get-Command -Module ChatPS -Verb Invoke, Measure, Test | Where-Object Name -ne $local) + (Get-Command (@('Get-ChatModel', 'Get-ChatEmbedding', 'Find-ChatSimilar') + $media))) {
            $parameters = $command.Parameters.Keys
            'Connection', 'TimeoutSec', 'MaxRetry', 'AdditionalBody', 'AdditionalHeader', 'AdditionalQuery' | Where-Object { $_ -notin $parameters } | Should -BeNullOrEmpty -Because $command
        }
    }
}
