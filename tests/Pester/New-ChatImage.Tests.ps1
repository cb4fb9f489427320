BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'New-ChatImage' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
    }

    It 'makes a picture of a prompt' {
        $image = New-ChatImage 'a cat' -Size 1536x1024
        $image | Should -BeOfType ChatPS.ChatImage
        $image.Width, $image.Height | Should -Be 1536, 1024
        $image.MediaType | Should -Be 'image/png'
        $image.Data.Length | Should -Be $image.Size
        $image.Usage.OutputTokens | Should -BeGreaterThan 0
        $image.Raw | Should -Not -BeLike '*iVBOR*'
        "$image" | Should -BeExactly 'a cat'
    }

    It 'takes prompts, files and rows from the pipeline, in order' {
        $file = Join-Path $TestDrive prompt.txt
        Set-Content $file 'from a file' -Encoding utf8 -NoNewline
        $images = 'one', (Get-Item $file), 'three' | New-ChatImage -N 2
        $images.Prompt | Should -BeExactly 'one', 'one', 'from a file', 'from a file', 'three', 'three'
        $images.Index | Should -Be 0, 0, 1, 1, 2, 2
        $images.Part | Should -Be 0, 1, 0, 1, 0, 1
        (@{ Name = 'x' }, @{ Name = 'y' } | New-ChatImage -Property Name).Prompt | Should -BeExactly 'x', 'y'
    }

    It 'puts -Prompt before what is piped' {
        ('a key' | New-ChatImage 'An icon of').Prompt | Should -BeExactly "An icon of`n`na key"
    }

    It 'saves under names of its own, and keeps files' {
        $images = 'a', '../../b' | New-ChatImage -N 2 -OutDirectory $folder
        $images.Path | Split-Path -Leaf | Should -Be '0001.png', '0001-2.png', '0002.png', '0002-2.png'
        $images | Where-Object Data | Should -BeNullOrEmpty
        (Get-Item $images[0].Path).Length | Should -Be $images[0].Size
        ('c' | New-ChatImage -OutDirectory $folder).Path | Split-Path -Leaf | Should -Be '0003.png'
        (New-ChatImage a -OutDirectory $folder -Force).Path | Should -Be $images[0].Path
        @(Get-ChildItem $folder).Count | Should -Be 5
    }

    It 'never overwrites what a checkpoint owns, not even with -Force' {
        $checkpoint = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $first = 'b', 'c' | New-ChatImage -OutDirectory $folder -CheckpointPath $checkpoint
        $all = 'a', 'b', 'c' | New-ChatImage -OutDirectory $folder -CheckpointPath $checkpoint -Force
        $all.Path | Split-Path -Leaf | Should -Be '0003.png', '0001.png', '0002.png'
        $all[1..2].Path | Should -Be $first.Path
        @(Get-TestRequest).Count | Should -Be 3
        ($all.Path | ForEach-Object { [Convert]::ToBase64String([IO.File]::ReadAllBytes($_)) } | Select-Object -Unique).Count | Should -Be 3
    }

    It 'makes a picture of each of several prompts' {
        (New-ChatImage 'a', 'b').Prompt | Should -BeExactly 'a', 'b'
        (Get-Failure { New-ChatImage 'a', 'something forbidden', 'c' | Out-Null }) | Should -HaveCount 1
    }

    It 'asks nothing where nothing can be written' {
        $file = Join-Path $TestDrive file
        Set-Content $file x
        (Get-Failure { New-ChatImage a -OutDirectory $file })[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        (Get-Failure { New-ChatImage a -Force })[0] | Should -BeLike '*-OutDirectory*'
        (Get-Failure { New-ChatImage a -OutDirectory (Join-Path $TestDrive cat.png) })[0] | Should -BeLike '*cat.png*name of a file*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'names the folder that cannot be written, and no file of its own' -Skip:(-not $IsLinux) {
        $failure = (Get-Failure { New-ChatImage a -OutDirectory /proc/art })[0]
        "$failure" | Should -BeLike '*/proc/art*'
        "$failure" | Should -Not -BeLike '*.tmp*'
    }

    It 'downloads addresses as they come' {
        $images = New-ChatImage 'a cat' -Model dall-e-3 -N 2 -OutDirectory $folder
        $images.Path | Should -HaveCount 2
        $images.RevisedPrompt | Should -BeExactly 'A picture of a cat', 'A picture of a cat'
        $images[0].Width | Should -Be 1024
    }

    It 'keeps paths in a checkpoint, and asks again for a file that has gone' {
        $checkpoint = Join-Path $TestDrive 'run.jsonl'
        $first = 'a', 'b', 'c' | New-ChatImage -OutDirectory $folder -CheckpointPath $checkpoint
        Get-Content $checkpoint -Raw | Should -Not -BeLike '*iVBOR*'
        Remove-Item $first[1].Path
        $before = @(Get-TestRequest).Count
        $second = 'a', 'b', 'c' | New-ChatImage -OutDirectory $folder -CheckpointPath $checkpoint
        @(Get-TestRequest).Count | Should -Be ($before + 1)
        $second.Path | Split-Path -Leaf | Should -Be '0001.png', '0004.png', '0003.png'
        $second[0].Usage.TotalTokens | Should -Be $first[0].Usage.TotalTokens
        ('a', 'b', 'c' | New-ChatImage -OutDirectory $folder -CheckpointPath $checkpoint).Path | Should -Be $second.Path
        @(Get-TestRequest).Count | Should -Be ($before + 1)
    }

    It 'keeps bytes in a checkpoint where pictures are not saved' {
        $checkpoint = Join-Path $TestDrive 'bytes.jsonl'
        $first = New-ChatImage a -CheckpointPath $checkpoint
        $second = New-ChatImage a -CheckpointPath $checkpoint
        @(Get-TestRequest).Count | Should -Be 1
        [Convert]::ToBase64String($second.Data) | Should -BeExactly ([Convert]::ToBase64String($first.Data))
    }

    It 'emits previews, then the picture' {
        $images = New-ChatImage 'a map' -PartialImage 2
        $images.IsPartial | Should -Be $true, $true, $false
        Get-TestMember partial_images | Should -Be 2
        Get-TestMember stream | Should -Be 'true'
    }

    It 'keeps the last preview of a stream that breaks off' {
        Connect-TestSandbox @{ Fault = 'TruncatedStream' }
        $failures = Get-Failure { New-ChatImage 'a map' -PartialImage 3 -OutDirectory $folder }
        $failures[-1].Exception.PartialImage | Should -Not -BeNullOrEmpty
        (Get-Item (Join-Path $folder '0001.partial.png')).Length | Should -BeGreaterThan 0
        Join-Path $folder '0001.png' | Should -Not -Exist
    }

    It 'shows with -WhatIf what it would cost, and asks nothing' {
        'a', 'b' | New-ChatImage -N 3 -PriceTable @{ '*' = @{ Input = 1; Output = 1; Image = 0.02 } } -WhatIf
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'ends at a budget of pictures' {
        $prices = @{ '*' = @{ Input = 0; Output = 0; Image = 0.02 } }
        $images = [Collections.Generic.List[object]]::new()
        $failures = Get-Failure { 1..5 | ForEach-Object { "picture $_" } | New-ChatImage -Model dall-e-3 -PriceTable $prices -MaxCost 0.05 | ForEach-Object { $images.Add($_) } }
        $failures[-1].FullyQualifiedErrorId | Should -BeLike 'BudgetExceeded*'
        $images.Cost | Should -Be 0.02, 0.02
        @(Get-TestRequest).Count | Should -Be 2
    }

    It 'makes an error of one item, and goes on' {
        $images = 'a', '', 'something forbidden', 'd' | New-ChatImage -ErrorAction SilentlyContinue -ErrorVariable failures
        $images.Prompt | Should -BeExactly 'a', 'd'
        ($failures | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }) | Should -Be 'InvalidRequest', 'ContentFiltered'
    }

    It 'runs as a job' {
        $images = 'a', 'b' | New-ChatImage -OutDirectory $folder -AsJob | Receive-EndedJob
        $images.Path | Split-Path -Leaf | Should -Be '0001.png', '0002.png'
    }

    It 'speaks the form of <Form>' -ForEach @(
        @{ Form = 'Ideogram'; Path = '/ideogram/generate' }
        @{ Form = 'IdeogramV3'; Path = '/ideogram/v1/ideogram-v3/generate' }
        @{ Form = 'Stability'; Path = '/v2beta/stable-image/generate/sd3' }
    ) {
        $image = New-ChatImage 'a cat' -Form $Form -AspectRatio 16:9 -NegativePrompt dogs -Seed 7 -OutDirectory $folder
        $image.Path | Should -Exist
        (Get-TestRequest)[0].Path | Should -Be $Path
    }

    It 'makes pictures in the dialect <Dialect>' -ForEach @(
        @{ Dialect = 'Gemini'; More = @{} }
        @{ Dialect = 'Responses'; More = @{ Form = 'Responses' } }
        @{ Dialect = 'Responses'; More = @{} }
        @{ Dialect = 'AzureOpenAI'; More = @{} }
    ) {
        $null = Connect-ChatService -Sandbox -Name Other -Dialect $Dialect -Model sandbox-mini
        $image = New-ChatImage 'a cat' -Connection Other @More
        $image | Should -BeOfType ChatPS.ChatImage
        $image.MediaType | Should -Be 'image/png'
        $image.Model | Should -Be 'sandbox-mini'
        Disconnect-ChatService Other
    }

    It 'says what a service has not' {
        $null = Connect-ChatService -Sandbox -Name Other -Dialect Anthropic -Model sandbox-mini
        (Get-Failure { New-ChatImage 'a cat' -Connection Other })[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        (Get-Failure { New-ChatImage 'a cat' -Connection Test -Form Stability -Size 1x1 })[0] | Should -BeLike '*-Size*Stability*'
        Disconnect-ChatService Other
    }

    It 'survives a file of objects' {
        $file = Join-Path $TestDrive image.xml
        New-ChatImage 'a cat' | Export-Clixml $file
        $gone = Import-Clixml $file
        $gone.Prompt | Should -BeExactly 'a cat'
        ($gone | Save-ChatImage $folder).Path | Should -Exist
    }

    It 'warns of a picture that may hold scripts, also without -Verbose' {
        $svg = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'))
        Connect-TestSandbox @{ Response = @{ Path = '*/images/generations'; Response = @{ data = @(@{ b64_json = $svg }) } } }
        $image = New-ChatImage 'a cat' -WarningVariable warnings -WarningAction SilentlyContinue
        $image.MediaType | Should -Be 'image/svg+xml'
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -BeLike '*SVG*scripts*'
    }
}
